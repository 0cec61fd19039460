package io.earlybird.data.order;

import java.io.Serializable;

/**
 * What the order of a run depends on, beside the shard index and the epoch.
 *
 * @param seed of the run
 * @param streams K, canonical streams that the shards are dealt to; at least 1
 * @param windowShards shards of a stream that are shuffled together; at least 1
 */
public record OrderSettings(long seed, int streams, int windowShards) implements Serializable {
  /** Canonical streams when nothing else is said. */
  public static final int DEFAULT_STREAMS = 64;

  public OrderSettings {
    if (streams < 1 || windowShards < 1) {
      throw new IllegalArgumentException(
          "Invalid order: streams "
              + streams
              + " and window-shards "
              + windowShards
              + " must be at least 1");
    }
  }
}
