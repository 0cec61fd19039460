package io.earlybird.spark.cli;

import java.util.Optional;
import java.util.regex.Pattern;

/** Commands as they are typed into a shell. */
final class ShellLine {
  /** How the launcher was called, quoted; it says so because only a shell knows. */
  private static final String LAUNCHER = "EARLYBIRD_COMMAND";

  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9@%_+=:,./-]+");

  private ShellLine() {}

  /** The launcher with these arguments. */
  static String earlybird(String... arguments) {
    StringBuilder line =
        new StringBuilder(Optional.ofNullable(System.getenv(LAUNCHER)).orElse("submit/earlybird"));
    for (String argument : arguments) {
      line.append(' ').append(quoted(argument));
    }
    return line.toString();
  }

  /** A word of a POSIX shell. */
  static String quoted(String argument) {
    return HARMLESS.matcher(argument).matches()
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
