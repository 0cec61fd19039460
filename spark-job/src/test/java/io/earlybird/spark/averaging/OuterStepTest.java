package io.earlybird.spark.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OuterStepTest {
  @Test
  void noneTakesTheMean() {
    float[] mean = {3};
    new OuterStep.None().apply(new float[] {1}, mean, new float[0], 1, 0.1);

    assertThat(mean).containsExactly(3);
  }

  @Test
  void slowMomentumCarriesEarlierMovesOn() {
    // g = 0.5, b = 0.5, a = 1. Round 1: D = 1, u = 2, x = 4 - 0.5 * 2 = 3. Round 2: D = 0, u = 1,
    // x = 3 - 0.5.
    OuterStep slowMo = new OuterStep.SlowMo(0.5, 1);
    float[] state = {0};
    float[] first = {3};
    slowMo.apply(new float[] {4}, first, state, 1, 0.5);
    float[] second = {3};
    slowMo.apply(new float[] {3}, second, state, 1, 0.5);

    assertThat(first).containsExactly(3);
    assertThat(second).containsExactly(2.5f);
    assertThat(state).containsExactly(1);
  }

  @Test
  void nesterovLooksAhead() {
    // D = 2: u = 2, x = 10 - 0.5 * (2 + 0.5 * 2) = 8.5. D = 1: u = 2, x = 8.5 - 0.5 * (1 + 1).
    OuterStep nesterov = new OuterStep.Nesterov(0.5, 0.5);
    float[] state = {0};
    float[] first = {8};
    nesterov.apply(new float[] {10}, first, state, 1, 0.1);
    float[] second = {7.5f};
    nesterov.apply(new float[] {8.5f}, second, state, 1, 0.1);

    assertThat(first).containsExactly(8.5f);
    assertThat(second).containsExactly(7.5f);
  }

  @Test
  void runningStatisticsTakeTheirMean() {
    float[] mean = {3, 42};
    new OuterStep.SlowMo(0.5, 0.5).apply(new float[] {4}, mean, new float[1], 1, 1);

    assertThat(mean[1]).isEqualTo(42);
  }

  @Test
  void aLearningRateOfZeroChangesNothing() {
    float[] mean = {4};
    float[] state = {7};
    new OuterStep.SlowMo(0.5, 1).apply(new float[] {4}, mean, state, 1, 0);

    assertThat(mean).containsExactly(4);
    assertThat(state).containsExactly(7);
  }

  @Test
  void refusesAMomentumOfOne() {
    assertThatThrownBy(() -> new OuterStep.SlowMo(1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid outer momentum 1.0: must be in [0, 1)");
  }
}
