package io.earlybird.spark.settings;

/** What another value of a setting changes. */
public enum Effect {
  /** The result: a run directory made with another value is refused. */
  IDENTITY,
  /** Time, place or safety only. */
  OPERATIONAL
}
