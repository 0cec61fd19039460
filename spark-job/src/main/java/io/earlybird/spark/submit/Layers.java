package io.earlybird.spark.submit;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings of Spark, from four places. The first that has a key wins: the command line, {@code
 * spark-defaults.conf}, what is computed for the run, the preset of the kind of cluster. Memory is
 * the exception: what {@code spark-defaults.conf} says of it holds where it is enough.
 *
 * @param overrides of the command line
 * @param defaults of the file {@code spark-defaults.conf}, which Spark reads itself
 * @param preset of the kind of cluster
 */
record Layers(
    Map<String, String> overrides, Map<String, String> defaults, Map<String, String> preset) {
  Layers {
    overrides = Map.copyOf(overrides);
    defaults = Map.copyOf(defaults);
    preset = Map.copyOf(preset);
  }

  /** What a user or an administrator has set. */
  Optional<String> given(String key) {
    return Optional.ofNullable(overrides.getOrDefault(key, defaults.get(key)));
  }

  /** What holds where nothing is computed. */
  Optional<String> value(String key) {
    return given(key).or(() -> Optional.ofNullable(preset.get(key)));
  }

  boolean on(String key) {
    return value(key).map(Boolean::parseBoolean).orElse(false);
  }

  /**
   * What has to be said to spark-submit, as it reads {@code spark-defaults.conf} itself.
   *
   * @param computed for the run, where it does not leave a key to user or administrator
   */
  Map<String, String> toSay(Map<String, String> computed) {
    Map<String, String> said = new TreeMap<>(preset);
    said.keySet().removeAll(defaults.keySet());
    said.putAll(overrides);
    said.putAll(computed);
    return said;
  }
}
