package io.earlybird.spark.train;

/** How a training ended. */
public enum Outcome {
  /** All epochs are done. */
  FINISHED,
  /** All epochs had been done before. */
  NOTHING_LEFT,
  /** Somebody asked it to stop; everything is saved. */
  STOPPED
}
