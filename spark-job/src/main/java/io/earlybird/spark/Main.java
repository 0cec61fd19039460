package io.earlybird.spark;

import io.earlybird.spark.cli.Earlybird;

/** The entry point: parses, builds, runs, and sets the exit code. */
public final class Main {
  private Main() {}

  /**
   * Runs one command and exits with its code: 0 done, 2 wrong usage, settings, data or permissions,
   * 1 a failure later.
   *
   * @param arguments the command and its options
   */
  public static void main(String[] arguments) {
    int code = Earlybird.commandLine().execute(arguments);
    if (code != 0 || !containerOfYarn()) {
      System.exit(code);
    }
  }

  /** YARN's application master takes an exit for a failure, whatever the code. */
  private static boolean containerOfYarn() {
    return "yarn".equals(System.getProperty("spark.master"))
        && "cluster".equals(System.getProperty("spark.submit.deployMode"));
  }
}
