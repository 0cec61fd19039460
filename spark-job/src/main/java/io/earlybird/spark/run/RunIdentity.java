package io.earlybird.spark.run;

import io.earlybird.spark.settings.Identity;
import io.earlybird.spark.settings.Settings;
import java.util.List;

/**
 * Which run this is: what {@code config.json} holds.
 *
 * @param settings resolved
 * @param identity identity settings and hashes of the data
 * @param engine that trains
 * @param classes names, by label
 */
public record RunIdentity(
    Settings settings, Identity identity, EngineBuild engine, List<String> classes) {
  public RunIdentity {
    classes = List.copyOf(classes);
  }

  /** Fingerprint of the identity. */
  public String fingerprint() {
    return identity.fingerprint();
  }

  InputDescription input() {
    return new InputDescription(settings.data().images(), classes);
  }
}
