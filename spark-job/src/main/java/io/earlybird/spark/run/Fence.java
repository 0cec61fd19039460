package io.earlybird.spark.run;

import io.earlybird.spark.store.FileStore;

/** Decides whether this driver may still commit. */
public interface Fence {
  /**
   * Returns if this driver is the newest.
   *
   * @throws OvertakenException if a later attempt has begun
   */
  void requireNewest();

  /** A run directory as this driver may change it, until a later attempt begins. */
  default FileStore guard(FileStore run) {
    return run;
  }
}
