package io.earlybird.spark.round;

import java.io.IOException;
import java.io.Serializable;

/** Where replicas get their batches; a description that goes to executors. */
public interface BatchSource extends Serializable {
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
  ReplicaBatches open(int epoch, int replica, int from, int to) throws IOException;
}
