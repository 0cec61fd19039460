package io.earlybird.spark.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line. */
@Command(
    name = "earlybird",
    description =
        "Trains convolutional networks on Spark and finds the Early-Bird ticket on the way.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    subcommands = {
      TrainCommand.class,
      CompareCommand.class,
      ShardCommand.class,
      VerifyShardsCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      InspectCommand.class,
      ReportCommand.class,
      ExportCommand.class,
      BenchCommand.class,
      DoctorCommand.class,
      ArchiveCommand.class,
      SettingsCommand.class,
      CompletionCommand.class
    })
public final class Earlybird implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Prints the stack trace of an error.")
  private boolean verbose;

  private Earlybird() {}

  /** The command line, ready to execute; it prints errors and gives exit codes. */
  public static CommandLine commandLine() {
    Earlybird root = new Earlybird();
    return new CommandLine(root)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(Help.defaultColorScheme(Terminal.ansi()))
        .setParameterExceptionHandler(Earlybird::wrongUsage)
        .setExecutionExceptionHandler(
            (failure, command, arguments) -> root.failed(failure, command));
  }

  private static int wrongUsage(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("earlybird: " + e.getMessage());
    err.println("see " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCodes.REFUSED;
  }

  private int failed(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    err.println("earlybird: " + ExitCodes.message(failure));
    if (verbose) {
      failure.printStackTrace(err);
    }
    err.flush();
    return ExitCodes.of(failure);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }
}
