package io.earlybird.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.ExecutorJvms;
import io.earlybird.spark.events.RunListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory of an executor whose heap has a fixed size, as its operating system sees it. */
@Tag("own-jvm")
class NativeMemoryTest {
  private static final int EARLY = 5;
  private static final int LATE = 200;

  /** Code that is compiled late, arenas of threads: far less than one activation kept a step. */
  private static final long NOISE_KIBIBYTES = 48 << 10;

  @TempDir private Path temporary;

  @Test
  void doesNotGrowFromAnEarlyToALateRound() throws Exception {
    TinyRun run =
        new TinyRun(
            temporary.resolve("run"),
            "sparsity.policy=dense",
            "run.epochs=67",
            "averaging.replicas=2",
            "averaging.replicas-per-task=2",
            "averaging.batch-size=10",
            "averaging.steps-per-round=1",
            "checkpoint.every-epochs=100",
            "optimizer.learning-rate=0.01");
    Watch watch = new Watch();
    try (JavaSparkContext spark =
        new JavaSparkContext(
            ExecutorJvms.conf(1, 512)
                .set(
                    "spark.executor.extraJavaOptions",
                    "-Xms512m -XX:+AlwaysPreTouch -XX:TieredStopAtLevel=1"))) {
      run.train(spark, () -> watch.rounds >= LATE, watch);
    }

    assertThat(watch.rounds).isGreaterThanOrEqualTo(LATE);
    assertThat(watch.lateKibibytes - watch.earlyKibibytes)
        .as("growth in KiB since round %d, with %d KiB", EARLY, watch.earlyKibibytes)
        .isLessThan(NOISE_KIBIBYTES);
  }

  private static final class Watch implements RunListener {
    private int rounds;
    private long earlyKibibytes;
    private long lateKibibytes;

    @Override
    public void roundEnded(Round round) {
      rounds++;
      if (rounds == EARLY) {
        earlyKibibytes = residentKibibytes();
      } else if (rounds == LATE) {
        lateKibibytes = residentKibibytes();
      }
    }

    private static long residentKibibytes() {
      ProcessHandle executor =
          ProcessHandle.current()
              .children()
              .filter(process -> process.info().command().orElse("").endsWith("java"))
              .findFirst()
              .orElseThrow();
      try {
        return Files.readAllLines(Path.of("/proc/" + executor.pid() + "/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
