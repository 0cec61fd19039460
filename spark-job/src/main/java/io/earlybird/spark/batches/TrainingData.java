package io.earlybird.spark.batches;

import java.io.IOException;
import java.io.Serializable;

/** Training samples, dealt to replicas and steps; a description that goes to executors. */
public interface TrainingData extends Serializable {
  /** Samples of an epoch, D. */
  long samples();

  /** Steps of an epoch, I. */
  int stepsPerEpoch();

  /**
   * Opens the batches of one replica.
   *
   * @param epoch 0-based
   * @param replica from 0 to R - 1
   * @param from first step
   * @param to step after the last
   * @throws IOException if shards cannot be read
   */
  BatchStream open(int epoch, int replica, int from, int to) throws IOException;
}
