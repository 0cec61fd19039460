package io.earlybird.spark.round;

import io.earlybird.model.engine.Batch;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The batches of one replica in a range of steps, in order. */
public interface ReplicaBatches extends AutoCloseable {
  /**
   * The batch of the next step; empty if the replica has no sample in it that can be decoded. The
   * batch is valid until the next call.
   *
   * @throws IOException if a shard cannot be read
   */
  Optional<Batch> next() throws IOException;

  /** Samples that could not be decoded so far, each with shard and offset. */
  List<String> undecodable();

  /** Ends reading ahead. */
  @Override
  void close();
}
