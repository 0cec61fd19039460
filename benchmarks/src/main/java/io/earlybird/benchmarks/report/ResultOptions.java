package io.earlybird.benchmarks.report;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of commands that write results. */
public final class ResultOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--name",
      description = "Of the files of results (default: the name of the command).")
  private String name = "";

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "benchmarks/target/results",
      description = "Where NAME.md and NAME.json are written (default: ${DEFAULT-VALUE}).")
  private Path output;

  /** Where they go. */
  public Results results() {
    return new Results(output, name.isEmpty() ? command.name() : name);
  }
}
