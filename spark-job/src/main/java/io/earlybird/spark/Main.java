package io.earlybird.spark;

import io.earlybird.spark.cli.Earlybird;
import io.earlybird.spark.yarn.DriverEnd;
import org.apache.spark.SparkUserAppException;

/** The entry point: parses, builds, runs, and sets the exit code. */
public final class Main {
  private Main() {}

  /**
   * Runs one command and exits with its code: 0 done, 2 wrong usage, settings, data or permissions,
   * 1 a failure later.
   *
   * @param arguments the command and its options
   * @throws SparkUserAppException in the driver container of YARN, where it carries the code
   */
  public static void main(String[] arguments) throws SparkUserAppException {
    DriverEnd.with(Earlybird.commandLine().execute(arguments));
  }
}
