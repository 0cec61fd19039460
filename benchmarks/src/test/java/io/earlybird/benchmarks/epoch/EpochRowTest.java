package io.earlybird.benchmarks.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.round.RoundMetrics.Seconds;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpochRowTest {
  private static Seconds total(double seconds) {
    return new Seconds(seconds, seconds, 0, 0, 0);
  }

  @Test
  void comparesEpochByEpochWithTheBaseline() {
    EpochRow row =
        EpochRow.of(
            Averager.RESIDENT_DL4J,
            List.of(total(1), total(2), total(4)),
            List.of(total(3), total(4), total(40)));
    assertThat(row.seconds()).isEqualTo(2);
    assertThat(row.speedUp()).isEqualTo(3);
  }

  @Test
  void hasNoSpeedUpWithoutABaseline() {
    EpochRow row = EpochRow.of(Averager.DL4J_SPARK_STOCK, List.of(total(1)), List.of());
    assertThat(row.speedUp()).isNaN();
    assertThat(row.split()).isFalse();
  }
}
