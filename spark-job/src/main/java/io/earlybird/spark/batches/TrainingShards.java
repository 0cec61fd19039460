package io.earlybird.spark.batches;

import io.earlybird.data.batch.TrainSlice;
import io.earlybird.data.order.EpochSteps;
import io.earlybird.data.order.OrderSettings;
import java.io.IOException;

/**
 * Training samples from shards.
 *
 * @param shards where they are
 * @param order of an epoch
 * @param steps how the order is dealt to replicas and steps
 */
public record TrainingShards(Shards shards, OrderSettings order, EpochSteps steps)
    implements TrainingData {
  private static final long serialVersionUID = 1;

  @Override
  public long samples() {
    return steps.samples();
  }

  @Override
  public int stepsPerEpoch() {
    return steps.count();
  }

  @Override
  public BatchStream open(int epoch, int replica, int from, int to) throws IOException {
    return new ShardStream(
        OpenShards.source(shards).train(new TrainSlice(order, steps, epoch, replica, from, to)));
  }
}
