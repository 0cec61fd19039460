package io.earlybird.spark.train;

import io.earlybird.data.shard.ShardSet;
import io.earlybird.model.engine.Engines;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.spark.TinyShards;
import io.earlybird.spark.evaluation.Evaluation;
import io.earlybird.spark.evaluation.Score;
import io.earlybird.spark.events.RunListener;
import io.earlybird.spark.initial.InitialParameters;
import io.earlybird.spark.run.CheckpointReader;
import io.earlybird.spark.run.EngineBuild;
import io.earlybird.spark.run.RunDirectory;
import io.earlybird.spark.run.RunIdentity;
import io.earlybird.spark.run.TrainedNetwork;
import io.earlybird.spark.settings.Identity;
import io.earlybird.spark.settings.Settings;
import io.earlybird.spark.store.FileStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/** A run of seconds on {@link TinyShards}: small residual blocks, 3 replicas. */
final class TinyRun {
  /** Epochs of the run. */
  static final int EPOCHS = 4;

  private final List<String> overrides;
  private final Settings settings;
  private final FileStore store;

  /** A run in a directory, which may be a path or a URI. */
  TinyRun(Object directory, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run.name=tiny",
                "run.directory=\"" + directory + "\"",
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
    all.addAll(List.of(more));
    overrides = List.copyOf(all);
    settings = Settings.of(all);
    store = FileStore.at(directory.toString(), new Configuration());
  }

  /** What the command line is given. */
  List<String> overrides() {
    return overrides;
  }

  Outcome train(JavaSparkContext spark, StopRequest stop) throws IOException {
    return train(spark, stop, new RunListener() {});
  }

  Outcome train(JavaSparkContext spark, AfterRounds stop) throws IOException {
    return train(spark, stop, stop);
  }

  Outcome train(JavaSparkContext spark, StopRequest stop, RunListener listener) throws IOException {
    return train(spark, new RunDirectory(store), stop, listener);
  }

  Outcome train(JavaSparkContext spark, RunDirectory run, StopRequest stop, RunListener listener)
      throws IOException {
    RunIdentity identity = identity();
    try (var attempt = run.begin(identity, RunDirectory.EngineChange.REFUSED, listener::noted)) {
      RunDirectory own = run.guardedBy(attempt);
      DirectoryFiles files =
          new DirectoryFiles(
              own, own.checkpoints(identity, attempt), own.tickets(identity, attempt), listener);
      return new TrainingJob(spark, settings, training(), validation(), initial(), files, listener)
          .run(stop);
    }
  }

  /** The score of the newest checkpoint on the validation set. */
  Score score(JavaSparkContext spark) throws IOException {
    TrainingState state =
        new RunDirectory(store)
            .checkpoints(identity(), () -> {})
            .newest(note -> {})
            .orElseThrow()
            .state();
    ReplicaKeys keys = new ReplicaKeys("score", settings.engine().name(), 1);
    return new Evaluation(spark, DataSets.evaluation(settings, validation()))
        .score(
            keys.of(state, settings.engine().precision().replicas()),
            state.parameters(),
            "last checkpoint");
  }

  /** The state after an epoch, the policy's decision included. */
  TrainingState state(int epoch) {
    String name = String.format("epoch-%04d", epoch);
    return CheckpointReader.trained(store.directory("checkpoints").directory(name)).state();
  }

  /** What the newest checkpoint holds. */
  TrainedNetwork trained() {
    return CheckpointReader.trained(store);
  }

  /** What lies in a directory of {@code tickets}. */
  TrainingState ticket(String name) {
    return CheckpointReader.trained(store.directory("tickets").directory(name)).state();
  }

  FileStore store() {
    return store;
  }

  Settings settings() {
    return settings;
  }

  private RunIdentity identity() throws IOException {
    Identity drawn = Identity.of(settings, training().fingerprint(), validation().fingerprint());
    return new RunIdentity(
        settings,
        initial().sha256().map(drawn::beginningWith).orElse(drawn),
        EngineBuild.of(Engines.named(settings.engine().name())),
        validation().classes());
  }

  private InitialParameters initial() {
    return InitialParameters.of(settings, new Configuration());
  }

  ShardSet training() throws IOException {
    return ShardSet.read(settings.data().train(), new Configuration());
  }

  private ShardSet validation() throws IOException {
    return ShardSet.read(settings.data().validation(), new Configuration());
  }

  /** Lines of {@code events.jsonl}. */
  List<String> events() {
    return store.readText("events.jsonl").lines().toList();
  }

  /** The same without what differs from run to run. */
  List<String> eventsWithoutTimes() {
    String times = "\"(time|imagesPerSecond|seconds)\":(\"[^\"]*\"|\\{[^}]*\\}|[-0-9.E]+),?";
    return events().stream().map(line -> line.replaceAll(times, "")).toList();
  }

  /** Names of the checkpoints. */
  List<String> checkpoints() {
    return store.directory("checkpoints").list();
  }

  /** Names of the files that tell of attempts. */
  List<String> attempts() {
    return store.directory("attempts").list();
  }

  /** What the manifest of the last epoch calls the instruction sets of the executors, as JSON. */
  String instructionSets() {
    return store
        .readText(String.format("checkpoints/epoch-%04d/manifest.json", settings.run().epochs()))
        .replaceFirst("(?s).*\"instructionSets\"\\s*:\\s*(\\[[^]]*\\]).*", "$1")
        .replaceAll("\\s", "");
  }

  /** SHA-256 of the parameters after the last epoch. */
  String parametersSha256() {
    return parametersSha256(EPOCHS);
  }

  /** SHA-256 of the parameters after an epoch; 0 for those that a run begins with. */
  String parametersSha256(int epoch) {
    return store
        .readText(String.format("checkpoints/epoch-%04d/manifest.json", epoch))
        .replaceFirst("(?s).*\"parametersSha256\"\\s*:\\s*\"([0-9a-f]{64})\".*", "$1");
  }
}
