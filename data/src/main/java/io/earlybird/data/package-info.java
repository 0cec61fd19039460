/**
 * Shards, ingest, the image pipeline, the order of samples and batches.
 *
 * <p>Start reading at {@link io.earlybird.data.batch.BatchSource}, which turns {@linkplain
 * io.earlybird.data.shard.ShardSet shards} in the {@linkplain io.earlybird.data.order.SampleOrder
 * order} of an epoch into batches. Knows nothing of pruning, engines or Spark.
 */
package io.earlybird.data;
