package io.earlybird.spark.cli;

import io.earlybird.spark.run.RunDirectory.EngineChange;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How commands that train are started. */
final class TrainingOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--dry-run",
      description = "Checks settings, data, memory and permissions, prints the plan and stops.")
  private boolean dryRun;

  @Option(names = "--print-submit", description = "Prints the spark-submit line and stops.")
  private boolean printSubmit;

  @Option(
      names = "--allow-engine-change",
      description = "Goes on with another engine or build than a run was trained with so far.")
  private boolean allowEngineChange;

  /** The submit line is made before Spark starts this program. */
  void refuseSubmitLine() {
    if (printSubmit) {
      throw new ParameterException(
          spec.commandLine(), "--print-submit is answered by submit/earlybird: start it with that");
    }
  }

  boolean dryRun() {
    return dryRun;
  }

  EngineChange engineChange() {
    return allowEngineChange ? EngineChange.ALLOWED : EngineChange.REFUSED;
  }
}
