package io.earlybird.spark.train;

import io.earlybird.data.shard.ShardSet;
import io.earlybird.model.engine.Engines;
import io.earlybird.spark.TinyShards;
import io.earlybird.spark.events.RunListener;
import io.earlybird.spark.run.EngineBuild;
import io.earlybird.spark.run.RunDirectory;
import io.earlybird.spark.run.RunIdentity;
import io.earlybird.spark.settings.Identity;
import io.earlybird.spark.settings.Settings;
import io.earlybird.spark.store.FileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/** A run of seconds on {@link TinyShards}: small residual blocks, 3 replicas. */
final class TinyRun {
  /** Epochs of the run. */
  static final int EPOCHS = 4;

  private final Settings settings;
  private final Path directory;

  TinyRun(Path directory, String... overrides) {
    this.directory = directory;
    List<String> all =
        new ArrayList<>(
            List.of(
                "run.name=tiny",
                "run.directory=" + directory,
                "run.epochs=" + EPOCHS,
                "data.train=" + TinyShards.train(),
                "data.validation=" + TinyShards.validation(),
                "data.image-size=16",
                "data.augmentation=flip",
                "data.streams=4",
                "network.name=demo-resnet",
                "network.classes=3",
                "optimizer.schedule.milestones=[2]",
                "averaging.replicas=3",
                "averaging.replicas-per-task=2",
                "averaging.batch-size=4",
                "averaging.steps-per-round=2",
                "checkpoint.every-minutes=0",
                "sparsity.early-bird.ratios=[0.3, 0.5]",
                "sparsity.early-bird.switch-ratio=0.5",
                "sparsity.early-bird.switch-at-epoch=2"));
    all.addAll(List.of(overrides));
    settings = Settings.of(all);
  }

  Settings settings() {
    return settings;
  }

  Outcome train(JavaSparkContext spark, StopRequest stop) throws IOException {
    return train(spark, stop, new RunListener() {});
  }

  Outcome train(JavaSparkContext spark, StopRequest stop, RunListener listener) throws IOException {
    ShardSet train = ShardSet.read(settings.data().train(), new Configuration());
    ShardSet validation = ShardSet.read(settings.data().validation(), new Configuration());
    RunIdentity identity =
        new RunIdentity(
            settings,
            Identity.of(settings, train.fingerprint(), validation.fingerprint()),
            EngineBuild.of(Engines.named(settings.engine().name())),
            train.classes());
    RunDirectory run = new RunDirectory(FileStore.at(directory.toString(), new Configuration()));
    try (var attempt = run.begin(identity, RunDirectory.EngineChange.REFUSED, listener::noted)) {
      DirectoryFiles files =
          new DirectoryFiles(
              run, run.checkpoints(identity, attempt), run.tickets(identity, attempt), listener);
      return new TrainingJob(spark, settings, train, validation, files, listener).run(stop);
    }
  }

  /** Lines of {@code events.jsonl}. */
  List<String> events() throws IOException {
    return Files.readAllLines(directory.resolve("events.jsonl"));
  }

  /** The manifest of a checkpoint. */
  String manifest(String checkpoint) throws IOException {
    return Files.readString(directory.resolve("checkpoints/" + checkpoint + "/manifest.json"));
  }

  /** SHA-256 of the parameters after the last epoch. */
  String parametersSha256() throws IOException {
    return manifest(String.format("epoch-%04d", EPOCHS))
        .replaceFirst("(?s).*\"parametersSha256\"\\s*:\\s*\"([0-9a-f]{64})\".*", "$1");
  }
}
