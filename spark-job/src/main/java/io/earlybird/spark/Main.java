package io.earlybird.spark;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: parses, builds, runs, and sets the exit code. */
@Command(
    name = "earlybird",
    description =
        "Trains convolutional networks on Spark and finds the Early-Bird ticket on the way.",
    mixinStandardHelpOptions = true)
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {}

  /**
   * Runs one command and exits with its code: 0 done, 2 wrong usage or settings, 1 a failure later.
   *
   * @param arguments the command and its options
   */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command: see --help.");
  }
}
