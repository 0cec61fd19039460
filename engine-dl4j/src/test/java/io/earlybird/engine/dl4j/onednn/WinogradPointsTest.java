package io.earlybird.engine.dl4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WinogradPointsTest {
  /** Arrays as long as a few vectors, with a rest. */
  private static final int LENGTH = 53;

  private static final double ROUNDING = 1e-5;

  private final Random random = new Random(7);

  @Test
  void multiplyPointsLikeTheDefinitionOfAConvolution() {
    float[][] x = vectors(6);
    float[][] w = vectors(3);
    float[][] ofInput = new float[6][LENGTH];
    float[][] ofKernel = new float[6][LENGTH];
    WinogradPoints.ofInput(x, ofInput, LENGTH);
    WinogradPoints.ofKernel(w, ofKernel, LENGTH);
    float[][] products = new float[6][LENGTH];
    for (int point = 0; point < 6; point++) {
      for (int i = 0; i < LENGTH; i++) {
        products[point][i] = ofInput[point][i] * ofKernel[point][i];
      }
    }
    float[][] y = new float[4][LENGTH];
    WinogradPoints.toOutput(products, y, LENGTH);
    for (int output = 0; output < 4; output++) {
      for (int i = 0; i < LENGTH; i++) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
          sum += (double) x[output + k][i] * w[k][i];
        }
        assertThat((double) y[output][i]).isCloseTo(sum, within(ROUNDING));
      }
    }
  }

  @Test
  void gradientsAreTheTransposesOfTheMaps() {
    isTransposed(WinogradPoints::ofInput, 6, WinogradPoints::toInput, 6);
    isTransposed(WinogradPoints::ofKernel, 3, WinogradPoints::toKernel, 6);
    isTransposed(WinogradPoints::toOutput, 6, WinogradPoints::ofOutput, 4);
  }

  @FunctionalInterface
  private interface LinearMap {
    void apply(float[][] from, float[][] to, int n);
  }

  /** (M a) . b = a . (M^T b). */
  private void isTransposed(LinearMap map, int from, LinearMap transposed, int to) {
    float[][] a = vectors(from);
    float[][] b = vectors(to);
    float[][] mapped = new float[to][LENGTH];
    float[][] back = new float[from][LENGTH];
    map.apply(a, mapped, LENGTH);
    transposed.apply(b, back, LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      assertThat(product(mapped, b, i)).isCloseTo(product(a, back, i), within(ROUNDING));
    }
  }

  private static double product(float[][] a, float[][] b, int i) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (double) a[k][i] * b[k][i];
    }
    return sum;
  }

  private float[][] vectors(int count) {
    float[][] vectors = new float[count][LENGTH];
    for (float[] vector : vectors) {
      for (int i = 0; i < LENGTH; i++) {
        vector[i] = random.nextFloat() - 0.5f;
      }
    }
    return vectors;
  }
}
