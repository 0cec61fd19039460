package io.earlybird.benchmarks;

import io.earlybird.benchmarks.engines.EnginesCommand;
import io.earlybird.benchmarks.epoch.EpochCommand;
import io.earlybird.benchmarks.policies.PoliciesCommand;
import io.earlybird.benchmarks.pruned.PrunedCommand;
import io.earlybird.benchmarks.rounds.RoundsCommand;
import io.earlybird.benchmarks.scaling.ScalingCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of {@code benchmarks/run}. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    description = "Measures engines, pruned networks and averaging on this machine.",
    subcommands = {
      EnginesCommand.class,
      PrunedCommand.class,
      PoliciesCommand.class,
      EpochCommand.class,
      RoundsCommand.class,
      ScalingCommand.class
    })
public final class Main {
  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }
}
