package io.earlybird.data.ingest;

import io.earlybird.data.shard.ShardSet;
import java.util.List;

/**
 * The data sets of a source.
 *
 * @param splits {@code train}, and {@code validation} where the source has one
 * @param outcome whether they were made or found
 */
public record IngestResult(List<ShardSet> splits, Outcome outcome) {
  /** What {@link Ingest#run} did. */
  public enum Outcome {
    /** All or some of the shards were written. */
    WRITTEN,
    /** Everything was there. */
    FOUND
  }

  public IngestResult {
    splits = List.copyOf(splits);
  }
}
