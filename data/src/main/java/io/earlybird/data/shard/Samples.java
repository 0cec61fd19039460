package io.earlybird.data.shard;

import java.io.IOException;

/**
 * A list of samples that are fetched one at a time, in any order.
 *
 * <p>For any thread: shards are written side by side.
 */
public interface Samples {
  /** Number of samples. */
  int size();

  /**
   * Fetches a sample.
   *
   * @param index from 0 to size - 1
   * @throws ShardException if it is no image that a shard may hold
   */
  Sample sample(int index) throws IOException;
}
