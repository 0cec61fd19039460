package io.earlybird.spark.cli;

import io.earlybird.spark.events.ConsoleProgress;
import io.earlybird.spark.events.RunListener;
import io.earlybird.spark.report.Report;
import io.earlybird.spark.report.ReportRefresher;
import io.earlybird.spark.settings.Settings;
import io.earlybird.spark.store.Clients;
import io.earlybird.spark.submit.ClusterOptions;
import io.earlybird.spark.submit.Master;
import io.earlybird.spark.submit.SettingsFile;
import io.earlybird.spark.train.Outcome;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains one run, from the beginning or from where it stands. */
@Command(
    name = "train",
    description = {
      "Trains one run. The same command again goes on from where it stands; SIGTERM finishes the"
          + " round, saves and exits."
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions clusterOptions;
  @Mixin private TrainingOptions trainingOptions;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "Settings in HOCON, a path or a URI; see conf/.")
  private String conf;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a setting; keys are relative to earlybird. May be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Override
  public Integer call() {
    trainingOptions.refuseSubmitLine();
    PrintWriter out = spec.commandLine().getOut();
    Settings settings = SettingsFile.load(Optional.ofNullable(conf), overrides);
    Master spark = clusterOptions.master();
    try (ConsoleProgress console =
        new ConsoleProgress(out, Terminal.output(), InstantSource.system())) {
      return Terminal.beside(console, () -> run(settings, spark, console));
    }
  }

  private int run(Settings settings, Master spark, ConsoleProgress console) {
    TrainingPlan plan =
        Preflight.check(
            settings,
            Clients.configuration(),
            spark,
            trainingOptions.engineChange(),
            console::noted);
    plan.print(spec.commandLine().getOut());
    return trainingOptions.dryRun() ? ExitCodes.DONE : run(plan, console);
  }

  private int run(TrainingPlan plan, ConsoleProgress console) {
    StopSignals signals = StopSignals.listen(console::noted);
    RunListener report = new ReportRefresher(plan.directory(), InstantSource.system());
    RunListener progress = RunListener.all(List.of(report, console));
    try (PlannedRun run = PlannedRun.begin(plan, trainingOptions.engineChange(), progress)) {
      return run(plan, run, progress, signals);
    }
  }

  private static int run(
      TrainingPlan plan, PlannedRun run, RunListener progress, StopSignals signals) {
    Settings settings = plan.settings();
    try (JavaSparkContext spark =
        SparkContexts.open(
            plan.master(),
            settings.run().name(),
            settings.engine().threads(),
            Optional.of(plan.memory()))) {
      plan.livePage(spark).ifPresent(progress::noted);
      Outcome outcome = run.train(spark, signals::requested);
      return exitCode(outcome, plan, run, progress);
    } catch (Exception e) {
      // Spark throws exceptions that its methods do not declare.
      throw run.failed(e);
    }
  }

  private static int exitCode(
      Outcome outcome, TrainingPlan plan, PlannedRun run, RunListener progress) {
    return switch (outcome) {
      case FINISHED -> {
        progress.ended(result(plan, run));
        yield ExitCodes.DONE;
      }
      case NOTHING_LEFT -> {
        progress.noted("Nothing is left to do: all epochs are done. Result: " + run.result());
        yield ExitCodes.DONE;
      }
      case STOPPED -> {
        progress.noted(
            "Stopped and saved at " + run.result() + "; the same command goes on from there.");
        yield ExitCodes.FAILED;
      }
    };
  }

  private static RunListener.Result result(TrainingPlan plan, PlannedRun run) {
    String checkpoint = run.result();
    return new RunListener.Result(
        run.remarks(),
        checkpoint,
        plan.directory().report().uri() + "/" + Report.NAME,
        List.of(
            ShellLine.earlybird(
                "evaluate",
                "--checkpoint",
                checkpoint,
                "--data",
                plan.settings().data().validation()),
            ShellLine.earlybird(
                "export",
                "--checkpoint",
                checkpoint,
                "--format",
                "onnx",
                "--output",
                plan.settings().run().name() + ".onnx")));
  }
}
