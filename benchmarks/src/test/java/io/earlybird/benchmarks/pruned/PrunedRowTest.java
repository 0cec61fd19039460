package io.earlybird.benchmarks.pruned;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.benchmarks.race.Lap;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PrunedRowTest {
  private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

  @Test
  void relatesTheSpeedUpToTheReductionOfOperations() {
    List<Lap> dense = List.of(new Lap(0, 1, 4, 0), new Lap(1, 1, 6, 0));
    List<Lap> cut = List.of(new Lap(0, 2, 4, 0), new Lap(1, 2, 4, 0));
    PrunedRow row = PrunedRow.of("dl4j", 0.5, 16, 3, 8, dense, cut);
    assertThat(row.speedUp()).isCloseTo(2.5, ROUNDING);
    assertThat(row.efficiency()).isCloseTo(2.5 / 3, ROUNDING);
    assertThat(row.imagesPerSecond()).isCloseTo(4, ROUNDING);
    assertThat(row.denseImagesPerSecond()).isCloseTo(1.6, ROUNDING);
  }
}
