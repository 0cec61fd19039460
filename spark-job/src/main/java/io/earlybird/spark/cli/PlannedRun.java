package io.earlybird.spark.cli;

import io.earlybird.spark.events.RunListener;
import io.earlybird.spark.live.LiveRun;
import io.earlybird.spark.run.Attempt;
import io.earlybird.spark.run.Checkpoints;
import io.earlybird.spark.run.Fence;
import io.earlybird.spark.run.RunDirectory;
import io.earlybird.spark.run.RunDirectory.EngineChange;
import io.earlybird.spark.tensorboard.TensorBoardListener;
import io.earlybird.spark.train.DirectoryFiles;
import io.earlybird.spark.train.Outcome;
import io.earlybird.spark.train.StopRequest;
import io.earlybird.spark.train.TrainingJob;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** A planned run whose directory is this driver's until it is closed. */
final class PlannedRun implements AutoCloseable {
  private final TrainingPlan plan;
  private final RunListener progress;
  private final Optional<Attempt> attempt;
  private final Fence fence;
  private final Checkpoints checkpoints;

  private PlannedRun(
      TrainingPlan plan, RunListener progress, Optional<Attempt> attempt, Fence fence) {
    this.plan = plan;
    this.progress = progress;
    this.attempt = attempt;
    this.fence = fence;
    this.checkpoints = directory().checkpoints(plan.run(), fence);
  }

  /** Begins an attempt, where the settings want attempts to be kept apart. */
  static PlannedRun begin(TrainingPlan plan, EngineChange engineChange, RunListener progress) {
    if (!plan.settings().run().lock()) {
      Fence none =
          ExitCodes.checked(() -> plan.directory().beginUnlocked(plan.run(), engineChange));
      return new PlannedRun(plan, progress, Optional.empty(), none);
    }
    Attempt attempt =
        ExitCodes.checked(() -> plan.directory().begin(plan.run(), engineChange, progress::noted));
    return new PlannedRun(plan, progress, Optional.of(attempt), attempt);
  }

  /** Trains to the end, or until somebody asks to stop. */
  Outcome train(JavaSparkContext spark, StopRequest stop) {
    DirectoryFiles files =
        new DirectoryFiles(
            directory(), checkpoints, directory().tickets(plan.run(), fence), progress);
    try (LiveRun live = LiveRun.attach(spark, plan.directory())) {
      if (plan.showsLivePage()) {
        live.showPage();
      }
      return new TrainingJob(
              spark,
              plan.settings(),
              plan.train(),
              plan.validation(),
              plan.initial(),
              files,
              listener(live))
          .run(stop);
    }
  }

  /** Files that go with the run are written before a person is told. */
  private RunListener listener(LiveRun live) {
    if (!plan.settings().run().tensorboard()) {
      return RunListener.all(List.of(progress, live.listener()));
    }
    RunListener files = new TensorBoardListener(directory(), progress::noted);
    return RunListener.all(List.of(files, progress, live.listener()));
  }

  /** URI of the newest checkpoint, or of the directory before there is one. */
  String result() {
    return checkpoints.newestCommitted().orElse(plan.directory().uri());
  }

  /** What the policy has to say about the end of the run. */
  List<String> remarks() {
    return checkpoints
        .newest(progress::noted)
        .map(last -> plan.settings().policy().remarks(last.state()))
        .orElse(List.of());
  }

  /** The user wants to know what went wrong and what is safe. */
  RuntimeException failed(Exception failure) {
    if (failure instanceof RuntimeException refusal && ExitCodes.of(failure) == ExitCodes.REFUSED) {
      return refusal;
    }
    String standing =
        checkpoints
            .newestCommitted()
            .map(uri -> "The last good checkpoint is " + uri + ".")
            .orElse("No checkpoint had been written.");
    return new FailedException(ExitCodes.message(failure) + "\n" + standing, failure);
  }

  private RunDirectory directory() {
    return plan.directory().guardedBy(fence);
  }

  @Override
  public void close() {
    attempt.ifPresent(Attempt::close);
  }
}
