package io.earlybird.spark.train;

import io.earlybird.data.batch.BatchSettings;
import io.earlybird.data.image.Augmentation;
import io.earlybird.data.image.ImageSettings;
import io.earlybird.data.image.Normalization;
import io.earlybird.data.order.EpochSteps;
import io.earlybird.data.order.OrderSettings;
import io.earlybird.data.shard.ShardSet;
import io.earlybird.spark.batches.EvaluationShards;
import io.earlybird.spark.batches.Shards;
import io.earlybird.spark.batches.TrainingShards;
import io.earlybird.spark.settings.DataSettings;
import io.earlybird.spark.settings.Settings;

/** The data that settings name, as descriptions that go to executors. */
public final class DataSets {
  private DataSets() {}

  /** Training samples of a run. */
  public static TrainingShards training(Settings settings, ShardSet set) {
    DataSettings data = settings.data();
    return new TrainingShards(
        shards(settings, set),
        new OrderSettings(settings.run().seed(), data.streams(), data.windowShards()),
        new EpochSteps(
            set.samples(), settings.averaging().replicas(), settings.averaging().batchSize()));
  }

  /** Samples for evaluation, each looked at once as it is. */
  public static EvaluationShards evaluation(Settings settings, ShardSet set) {
    return new EvaluationShards(shards(settings, set), settings.averaging().batchSize());
  }

  private static Shards shards(Settings settings, ShardSet set) {
    DataSettings data = settings.data();
    ImageSettings image =
        new ImageSettings(
            data.imageSize(),
            Augmentation.valueOf(data.augmentation().name()),
            new Normalization(data.mean(), data.deviation()));
    return new Shards(
        set,
        new BatchSettings(
            image, settings.run().seed(), data.decodeThreads(), data.prefetchBatches()),
        data.cacheDirectory());
  }
}
