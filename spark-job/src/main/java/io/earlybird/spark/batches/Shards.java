package io.earlybird.spark.batches;

import io.earlybird.data.batch.BatchSettings;
import io.earlybird.data.shard.ShardSet;
import java.io.Serializable;

/**
 * A set of shards and how it is read.
 *
 * @param set what the index lists
 * @param settings how samples become batches
 * @param cacheDirectory local directory that shards are copied to first; empty for none
 */
public record Shards(ShardSet set, BatchSettings settings, String cacheDirectory)
    implements Serializable {
  private static final long serialVersionUID = 1;
}
