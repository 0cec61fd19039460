package io.earlybird.spark.run;

/** Decides whether this driver may still commit. */
public interface Fence {
  /**
   * Returns if this driver is the newest.
   *
   * @throws OvertakenException if a later attempt has begun
   */
  void requireNewest();
}
