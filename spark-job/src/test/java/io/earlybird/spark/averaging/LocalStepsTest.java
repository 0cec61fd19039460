package io.earlybird.spark.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LocalStepsTest {
  @Test
  void fixedIgnoresTheLearningRate() {
    assertThat(new LocalSteps.Fixed(4).at(0.1)).isEqualTo(4);
    assertThat(new LocalSteps.Fixed(4).at(0)).isEqualTo(4);
  }

  @Test
  void qsrGrowsAsTheLearningRateFalls() {
    LocalSteps qsr = new LocalSteps.Qsr(4, 0.25);

    assertThat(qsr.at(0.5)).isEqualTo(4);
    assertThat(qsr.at(0.0625)).isEqualTo(16);
    assertThat(qsr.at(0.03)).isEqualTo(69);
  }

  @Test
  void qsrStaysWithinIntWhereTheLearningRateVanishes() {
    assertThat(new LocalSteps.Qsr(4, 0.25).at(0)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void refusesRoundsWithoutSteps() {
    assertThatThrownBy(() -> new LocalSteps.Fixed(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid steps per round 0: at least 1");
  }
}
