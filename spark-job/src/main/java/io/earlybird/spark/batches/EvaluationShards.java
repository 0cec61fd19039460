package io.earlybird.spark.batches;

import io.earlybird.data.batch.BatchSource;
import io.earlybird.data.batch.EvaluationSlice;
import java.io.IOException;

/**
 * Samples from shards, in the order of the shards.
 *
 * @param shards where they are
 * @param batchSize largest number of samples in a batch
 */
public record EvaluationShards(Shards shards, int batchSize) implements EvaluationData {
  private static final long serialVersionUID = 1;

  @Override
  public long samples() {
    return shards.set().samples();
  }

  /** All batches in order, read by this process without Spark. */
  public BatchStream all(BatchSource source) throws IOException {
    return new ShardStream(source.evaluate(new EvaluationSlice(0, 1, batchSize)));
  }

  @Override
  public BatchStream open(int part, int parts) throws IOException {
    return new ShardStream(
        OpenShards.source(shards).evaluate(new EvaluationSlice(part, parts, batchSize)));
  }
}
