package io.earlybird.spark.batches;

import java.io.IOException;
import java.io.Serializable;

/** Samples that are looked at once each; a description that goes to executors. */
public interface EvaluationData extends Serializable {
  /** Number of samples. */
  long samples();

  /**
   * Opens one of some parts that together hold every sample once.
   *
   * @param part from 0 to parts - 1
   * @throws IOException if shards cannot be read
   */
  BatchStream open(int part, int parts) throws IOException;
}
