package io.earlybird.spark.settings;

/**
 * What a setting may be.
 *
 * @param type for example {@code a whole number}
 * @param range for example {@code in [1, 100]}; empty where the type says all
 * @param rule both, as a problem tells them
 */
record Allowed(String type, String range, String rule) {
  /** A value of that type, in that range. */
  static Allowed of(String type, String range) {
    return new Allowed(type, range, "must be " + type + (range.isEmpty() ? "" : " " + range));
  }

  /** A list whose entries are in that range. */
  static Allowed listOf(String entries, String range) {
    return new Allowed(
        "a list of " + entries,
        "each " + range,
        "must be a list of " + entries + ", each " + range);
  }
}
