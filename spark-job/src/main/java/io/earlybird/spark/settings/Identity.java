package io.earlybird.spark.settings;

import io.earlybird.model.file.Sha256;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that the result of a run depends on, apart from the engine's build: the identity
 * settings and the hashes of the data, and of the values that it begins with if they were not
 * drawn.
 *
 * @param values by key
 */
public record Identity(SortedMap<String, String> values) {
  private static final String TRAIN = "data.train.index";
  private static final String VALIDATION = "data.validation.index";
  private static final String INITIAL = "network.initial-parameters.sha256";

  public Identity {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /**
   * The identity of a run.
   *
   * @param trainIndexSha256 SHA-256 of the {@code index.json} of the training shards
   * @param validationIndexSha256 the same of the validation shards
   */
  public static Identity of(
      Settings settings, String trainIndexSha256, String validationIndexSha256) {
    TreeMap<String, String> values = new TreeMap<>();
    for (Setting setting : settings.all()) {
      if (setting.effect() == Effect.IDENTITY) {
        values.put(setting.key(), setting.text());
      }
    }
    values.put(TRAIN, trainIndexSha256);
    values.put(VALIDATION, validationIndexSha256);
    return new Identity(values);
  }

  /**
   * The identity of the same run, begun with the values of a file.
   *
   * @param fileSha256 SHA-256 of the file
   */
  public Identity beginningWith(String fileSha256) {
    TreeMap<String, String> more = new TreeMap<>(values);
    more.put(INITIAL, fileSha256);
    return new Identity(more);
  }

  /** SHA-256 over the values in canonical form, 64 hexadecimal digits. */
  public String fingerprint() {
    StringBuilder canonical = new StringBuilder();
    values.forEach((key, value) -> canonical.append(key).append('=').append(value).append('\n'));
    return Sha256.of(canonical.toString());
  }
}
