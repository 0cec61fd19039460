package io.earlybird.benchmarks.epoch;

import io.earlybird.data.batch.BatchSettings;
import io.earlybird.data.image.Augmentation;
import io.earlybird.data.image.ImageSettings;
import io.earlybird.data.ingest.Ingest;
import io.earlybird.data.ingest.IngestSettings;
import io.earlybird.data.ingest.SyntheticSource;
import io.earlybird.data.order.EpochSteps;
import io.earlybird.data.order.OrderSettings;
import io.earlybird.data.shard.ShardSet;
import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Network;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.LocalSteps;
import io.earlybird.spark.averaging.MomentumTreatment;
import io.earlybird.spark.averaging.OuterStep;
import io.earlybird.spark.averaging.WirePrecision;
import io.earlybird.spark.batches.Shards;
import io.earlybird.spark.batches.TrainingShards;
import io.earlybird.spark.store.Clients;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What an epoch is.
 *
 * @param networkName by name
 * @param imageSize of the generated images
 * @param images of an epoch
 * @param batchSize B, of one replica
 * @param replicas R
 * @param replicasPerTask G
 * @param localSteps H
 */
record EpochTask(
    String networkName,
    int imageSize,
    int images,
    int batchSize,
    int replicas,
    int replicasPerTask,
    int localSteps) {
  private static final int SHARDS = 8;
  private static final int PREFETCHED_BATCHES = 2;
  private static final int SEED = 1;

  Network network() {
    return Networks.named(networkName, Networks.named(networkName).classes(), imageSize);
  }

  Averaging averaging() {
    return new Averaging(
        replicas,
        replicasPerTask,
        new LocalSteps.Fixed(localSteps),
        MomentumTreatment.AVERAGE,
        new OuterStep.None(),
        WirePrecision.FLOAT32);
  }

  /** Generates the images below a directory, or finds them there. */
  TrainingShards data(Path directory) throws IOException, InterruptedException {
    int classes = network().classes();
    String name = "synthetic-%d-%d-%d".formatted(imageSize, images, classes);
    ShardSet set =
        Ingest.run(
                new SyntheticSource(imageSize, images, 0, classes, SEED),
                new IngestSettings(directory.resolve(name).toUri().toString(), SEED, SHARDS, 1),
                Clients.configuration())
            .splits()
            .get(0);
    BatchSettings batches =
        new BatchSettings(
            ImageSettings.of(imageSize, Augmentation.FLIP), SEED, 1, PREFETCHED_BATCHES);
    return new TrainingShards(
        new Shards(set, batches, ""),
        new OrderSettings(SEED, OrderSettings.DEFAULT_STREAMS, 2),
        new EpochSteps(images, replicas, batchSize));
  }

  @Override
  public String toString() {
    return "`%s` at %d pixels, %d images an epoch, R = %d replicas (%d a task), batch %d, H = %d"
        .formatted(
            networkName, imageSize, images, replicas, replicasPerTask, batchSize, localSteps);
  }
}
