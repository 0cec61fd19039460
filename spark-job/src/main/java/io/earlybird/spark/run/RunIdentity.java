package io.earlybird.spark.run;

import io.earlybird.spark.settings.Identity;
import io.earlybird.spark.settings.Settings;

/**
 * Which run this is: what {@code config.json} holds.
 *
 * @param settings resolved
 * @param identity identity settings and hashes of the data
 * @param engine that trains
 */
public record RunIdentity(Settings settings, Identity identity, EngineBuild engine) {
  /** Fingerprint of the identity. */
  public String fingerprint() {
    return identity.fingerprint();
  }
}
