package io.earlybird.model.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WageTest {
  /** The worked numbers are given with four digits. */
  private static final double DIGITS = 5e-5;

  @Test
  void valuesBecomeMultiplesOfTheResolutionInsideOne() {
    assertThat(Wage.resolution(8)).isEqualTo(0x1p-7);
    assertThat(Wage.quantize(.3, 8)).isEqualTo(38 / 128.0).isEqualTo(.296875);
    assertThat(Wage.quantize(1.2, 8)).isEqualTo(.9921875);
    assertThat(Wage.quantize(-7, 8)).isEqualTo(-.9921875);
  }

  @Test
  void shiftsAreTheNearestPowersOfTwo() {
    assertThat(Wage.shift(.3)).isEqualTo(.25);
    assertThat(Wage.shift(.4)).isEqualTo(.5);
    assertThat(Wage.shift(7.348)).isEqualTo(8);
    assertThat(Wage.shift(1)).isEqualTo(1);
    assertThatThrownBy(() -> Wage.shift(0))
        .hasMessage("Invalid scale 0.0: must be above 0 and finite");
  }

  @Test
  void narrowWeightsAreDrawnWideAndScaledBack() {
    assertThat(Math.sqrt(6 / 576.0)).isCloseTo(.10206, within(DIGITS));
    assertThat(Wage.initialBound(576, 2)).isEqualTo(.75);
    assertThat(Wage.layerScale(576, 2)).isEqualTo(8);
    assertThat(1.5 * Wage.resolution(8)).isCloseTo(.01172, within(DIGITS));
    assertThat(Wage.initialBound(576, 8)).isCloseTo(.10206, within(DIGITS));
    assertThat(Wage.layerScale(576, 8)).isEqualTo(1);
    assertThat(Wage.activation(2.4, 8, 8)).isEqualTo(.296875);
  }

  @Test
  void errorsAreScaledByTheLargest() {
    double[] errors = {.3, -.15, 0};
    Wage.errors(errors, 8);
    // .3 / .25 = 1.2, clipped; -.15 / .25 = -.6 = -76.8 / 128
    assertThat(errors).containsExactly(.9921875, -77 / 128.0, 0);
    double[] none = {0, 0};
    Wage.errors(none, 8);
    assertThat(none).containsExactly(0, 0);
  }

  @Test
  void updatesMoveByWholeStepsOfTheGradientsResolution() {
    double[] weights = {.5, .5, -.99, .25};
    // Shift(.3) = .25: scaled by 8 / .25 = 32 to 9.6, -3.2, 6.4, 0
    double[] gradients = {.3, -.1, .2, 0};
    Wage.update(weights, gradients, 8, 8, Rounding.nearest());
    assertThat(weights).containsExactly(.5 - 10 / 128.0, .5 + 3 / 128.0, -.9921875, .25);
    Wage.update(weights, new double[4], 8, 8, Rounding.nearest());
    assertThat(weights[3]).isEqualTo(.25);
  }

  @Test
  void theExpectedUpdateIsTheScaledGradient() {
    int draws = 100_000;
    double[] weights = new double[draws];
    double[] gradients = new double[draws];
    Arrays.fill(gradients, .3);
    // .3 / Shift(.3) / 8 = .15 steps of 1 / 128
    Wage.update(weights, gradients, .125, 8, Rounding.stochastic(9));
    double mean = Arrays.stream(weights).average().orElseThrow();
    double deviation = Math.sqrt(.15 * .85 / draws) / 128;
    assertThat(mean).isCloseTo(-.15 / 128, within(5 * deviation));
  }
}
