package io.earlybird.spark.batches;

import io.earlybird.data.batch.ReadReport;
import io.earlybird.model.engine.Batch;
import java.io.IOException;

/** Batches in the order of steps, read ahead; used by one thread. */
public interface BatchStream extends AutoCloseable {
  /**
   * Moves to the next step that has samples.
   *
   * @return whether there is one
   * @throws io.earlybird.data.shard.ShardException if shards are damaged
   * @throws IOException if a shard cannot be read
   */
  boolean next() throws IOException;

  /** Step of {@link #batch}, 0-based. */
  int step();

  /** The batch that {@link #next} moved to; valid until the next call. */
  Batch batch();

  /** What was read and how long the caller waited, so far. */
  ReadReport report();

  /** Ends reading ahead. */
  @Override
  void close();
}
