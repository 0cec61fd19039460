package io.earlybird.spark.cli;

import io.earlybird.spark.events.ConsoleProgress;
import io.earlybird.spark.events.ConsoleProgress.Output;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.IntSupplier;
import picocli.CommandLine.Help.Ansi;

/** What this process writes its output to. */
final class Terminal {
  private Terminal() {}

  /**
   * Plain for files, pipes, containers of a cluster and terminals that say that they are dumb; no
   * colors where {@code NO_COLOR} is set and not empty (no-color.org).
   */
  @SuppressWarnings(
      "SystemConsoleNull") // Java 17 it is, where null means that there is no terminal
  static Output output() {
    return System.console() == null ? Output.PLAIN : of(System.getenv());
  }

  /** As the help of commands needs to know it. */
  static Ansi ansi() {
    return output() == Output.COLORS ? Ansi.ON : Ansi.OFF;
  }

  /** Runs a command; what goes to standard error takes the place of the line of its progress. */
  static int beside(ConsoleProgress progress, IntSupplier command) {
    PrintStream before = System.err;
    if (output() != Output.PLAIN) {
      System.setErr(progress.beside(before));
    }
    try {
      return command.getAsInt();
    } finally {
      System.setErr(before);
    }
  }

  /** A terminal in that environment. */
  static Output of(Map<String, String> environment) {
    String kind = environment.getOrDefault("TERM", "");
    if (kind.isEmpty() || kind.equals("dumb")) {
      return Output.PLAIN;
    }
    return environment.getOrDefault("NO_COLOR", "").isEmpty() ? Output.COLORS : Output.TERMINAL;
  }
}
