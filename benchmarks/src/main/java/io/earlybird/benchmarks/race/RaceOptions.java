package io.earlybird.benchmarks.race;

import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of commands that let contestants race. */
public final class RaceOptions {
  /**
   * A small heap: what is measured lives outside of it, and it counts in the memory of a process.
   */
  private static final List<String> JVM =
      List.of(
          "-Xmx1g",
          "-XX:+UseSerialGC",
          "-Dorg.bytedeco.javacpp.maxbytes=0",
          "-Dorg.bytedeco.javacpp.maxphysicalbytes=0");

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      defaultValue = "0",
      description = {
        "Seconds that each contestant works before a race, at least two steps: HotSpot compiles beside"
            + " the steps of a first minute (default: ${DEFAULT-VALUE})."
      })
  private int warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "45",
      description = "No round begins after so many seconds of a race (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--rounds",
      paramLabel = "MAX",
      defaultValue = "15",
      description = "Rounds that are enough (default: ${DEFAULT-VALUE}).")
  private int maximumRounds;

  @Option(
      names = "--minimum-rounds",
      paramLabel = "MIN",
      defaultValue = "3",
      description = "Rounds that are run whatever they take (default: ${DEFAULT-VALUE}).")
  private int minimumRounds;

  /** How processes are started. */
  public Launch launch() {
    return new Launch(JVM, Launch.variables(System.getProperty(Launch.ENVIRONMENT, "")));
  }

  /** How long a race is. */
  public Race race() {
    return new Race(
        Duration.ofSeconds(warmUp),
        Duration.ofSeconds(seconds),
        Math.min(minimumRounds, maximumRounds),
        maximumRounds);
  }
}
