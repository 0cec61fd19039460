package io.earlybird.spark.train;

import io.earlybird.spark.run.OtherHost;
import io.earlybird.spark.run.RunRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A driver in a process of its own, on a host and with a clock that it only claims to have.
 *
 * <p>{@code DriverProcess DIRECTORY HOST HOURS GATE}: it stops before its fourth round until the
 * file GATE is there.
 */
final class DriverProcess {
  private static final int GATED = 4;

  private DriverProcess() {}

  /** Trains; exits with 2 if the run is refused, with 1 if it fails. */
  public static void main(String[] arguments) throws Exception {
    TinyRun run = new TinyRun(arguments[0], "checkpoint.every-minutes=0.0001");
    Path gate = Path.of(arguments[3]);
    AfterRounds gated = new AfterRounds(GATED - 1);
    StopRequest waiting =
        () -> {
          if (gated.made()) {
            awaitFile(gate);
          }
          return false;
        };
    SparkConf conf =
        new SparkConf().setAppName("driver").setMaster("local[1]").set("spark.ui.enabled", "false");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      Outcome outcome =
          run.train(
              spark,
              OtherHost.directory(
                  run.store(), arguments[1], Duration.ofHours(Long.parseLong(arguments[2]))),
              waiting,
              gated);
      System.out.println(outcome);
    } catch (RunRefusedException e) {
      System.out.println(e.getMessage());
      System.exit(2);
    } catch (RuntimeException e) {
      System.out.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void awaitFile(Path gate) {
    try {
      while (Files.notExists(gate)) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The command line of such a process. */
  static List<String> arguments(String directory, String host, int hours, Path gate) {
    return List.of(directory, host, Integer.toString(hours), gate.toString());
  }
}
