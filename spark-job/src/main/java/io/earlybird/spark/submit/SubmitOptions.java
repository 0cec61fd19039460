package io.earlybird.spark.submit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** What of a command line matters before the run; the command itself reads all of it. */
@Command
final class SubmitOptions {
  @Parameters(index = "0", arity = "0..1")
  private String command = "";

  @Mixin private ClusterOptions cluster;

  @Option(names = "--conf")
  private String conf;

  @Option(names = "--set")
  private List<String> sets = new ArrayList<>();

  @Option(names = "--threads")
  private int threads = 1;

  @Option(names = "--batch")
  private int batch = 32;

  @Option(names = "--dry-run")
  private boolean dryRun;

  @Unmatched
  @SuppressWarnings("UnusedVariable") // picocli's place for what only the command itself knows
  private List<String> others;

  private SubmitOptions() {}

  /**
   * Reads a command line.
   *
   * @throws CommandLine.ParameterException if an option lacks its value or has a wrong one
   */
  static SubmitOptions of(List<String> arguments) {
    SubmitOptions options = new SubmitOptions();
    new CommandLine(options)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(arguments.toArray(String[]::new));
    return options;
  }

  boolean trains() {
    return command.equals("train");
  }

  boolean compares() {
    return command.equals("compare");
  }

  boolean dryRun() {
    return dryRun;
  }

  ClusterOptions cluster() {
    return cluster;
  }

  Optional<String> conf() {
    return Optional.ofNullable(conf);
  }

  List<String> sets() {
    return List.copyOf(sets);
  }

  /**
   * Settings of a network as large as any that is evaluated: those of the evaluated one are in its
   * checkpoint.
   */
  List<String> evaluationSets() {
    return List.of(
        "data.train=-",
        "data.validation=-",
        "averaging.batch-size=" + batch,
        "engine.threads=" + threads);
  }
}
