package io.earlybird.benchmarks.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CpuMeterTest {
  private static final double BUSY_SECONDS = 1;

  @Test
  void whatAProcessHasUsedStillCountsWhenItHasEnded() throws IOException, InterruptedException {
    CpuMeter meter = new CpuMeter();
    Process child = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    try {
      while (seconds(child) < BUSY_SECONDS) {
        Thread.sleep(50);
      }
      double living = meter.seconds();
      child.destroyForcibly().waitFor();
      assertThat(living).isGreaterThanOrEqualTo(BUSY_SECONDS);
      assertThat(meter.seconds()).isGreaterThanOrEqualTo(living);
    } finally {
      child.destroyForcibly();
    }
  }

  private static double seconds(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
  }
}
