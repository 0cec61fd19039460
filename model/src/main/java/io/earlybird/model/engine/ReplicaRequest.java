package io.earlybird.model.engine;

import io.earlybird.model.network.Network;

/**
 * What a replica is opened with.
 *
 * @param network structure; values come with {@link Replica#load}
 * @param device where to compute
 * @param precision arithmetic
 * @param threads OpenMP threads of one step, at least 1; another number gives other bits
 */
public record ReplicaRequest(Network network, Device device, Precision precision, int threads) {
  public ReplicaRequest {
    if (threads < 1) {
      throw new IllegalArgumentException("Invalid threads " + threads + ": must be at least 1");
    }
  }

  /** One thread, float32, on the processor. */
  public static ReplicaRequest cpu(Network network) {
    return new ReplicaRequest(network, Device.cpu(), Precision.FLOAT32, 1);
  }
}
