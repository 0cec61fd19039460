package io.earlybird.benchmarks.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MediansTest {
  private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

  @Test
  void takesTheMiddleValueOrTheMeanOfTheTwoInTheMiddle() {
    assertThat(Medians.of(5, 1, 100)).isEqualTo(5);
    assertThat(Medians.of(4, 100, 1, 2)).isEqualTo(3);
  }

  @Test
  void refusesNoValues() {
    assertThatThrownBy(Medians::of)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no values");
  }

  @Test
  void pairsLapsOfTheSameRoundOnly() {
    List<Lap> fast = List.of(new Lap(0, 2, 2, 4), new Lap(1, 2, 4, 4), new Lap(2, 2, 2, 4));
    List<Lap> slow = List.of(new Lap(1, 1, 6, 6), new Lap(2, 1, 2, 6));
    assertThat(Medians.speedUps(fast, slow)).containsExactly(3, 2);
  }

  @Test
  void dividesTheCpuTimeOfAllLapsByAllSteps() {
    List<Lap> laps = List.of(new Lap(0, 1, 1, 3), new Lap(1, 3, 1, 1));
    assertThat(Medians.stepCpuSeconds(laps)).isCloseTo(1, ROUNDING);
  }
}
