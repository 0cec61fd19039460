package io.earlybird.data.batch;

import io.earlybird.data.order.EpochSteps;
import io.earlybird.data.order.OrderSettings;
import io.earlybird.data.order.SampleId;
import io.earlybird.data.order.SampleOrder;
import io.earlybird.data.shard.ShardSet;
import java.io.Serializable;

/**
 * What one replica trains on in one round.
 *
 * @param order settings of the order
 * @param steps of the epoch; its number of samples is the data set's
 * @param epoch 0-based
 * @param replica from 0 to R - 1
 * @param firstStep of the round, 0-based in the epoch
 * @param endStep the step after the last
 */
public record TrainSlice(
    OrderSettings order, EpochSteps steps, int epoch, int replica, int firstStep, int endStep)
    implements Serializable {
  public TrainSlice {
    if (epoch < 0
        || replica < 0
        || replica >= steps.replicas()
        || firstStep < 0
        || firstStep > endStep
        || endStep > steps.count()) {
      throw new IllegalArgumentException(
          "Invalid slice: epoch "
              + epoch
              + ", replica "
              + replica
              + " of "
              + steps.replicas()
              + ", steps "
              + firstStep
              + " to "
              + endStep
              + " of "
              + steps.count());
    }
  }

  BatchPlan plan(ShardSet set, long runSeed) {
    if (steps.samples() != set.samples()) {
      throw new IllegalArgumentException(
          "Invalid slice: steps over "
              + steps.samples()
              + " samples, the shards at "
              + set.directory()
              + " have "
              + set.samples());
    }
    return new Plan(
        this,
        new SampleOrder(set.samplesPerShard(), order, epoch),
        Treatment.Training.of(runSeed, epoch));
  }

  private record Plan(TrainSlice slice, SampleOrder samples, Treatment treatment)
      implements BatchPlan {
    @Override
    public int firstStep() {
      return slice.firstStep;
    }

    @Override
    public int endStep() {
      return slice.endStep;
    }

    @Override
    public int maxSize() {
      return slice.steps.batchSize();
    }

    @Override
    public int size(int step) {
      return slice.steps.batchSize(step, slice.replica);
    }

    @Override
    public SampleId sample(int step, int i) {
      return samples.at(slice.steps.position(step, slice.replica, i));
    }
  }
}
