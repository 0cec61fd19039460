package io.earlybird.spark.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
  /** A handful of double roundings. */
  private static final double ROUNDING = 1e-13;

  @Test
  void theVarianceGainsTheWeightedVarianceOfTheMeans() {
    // Samples {1, 3} and {7}: means 2 and 7, variances 1 and 0; together mean 11/3, variance
    // 59/3 - 121/9 = 56/9.
    Moments joint = Moments.combine(List.of(moments(2, 2, 1), moments(1, 7, 0)));

    assertThat(joint.samples()).isEqualTo(3);
    assertThat(joint.means()[0]).isCloseTo(11 / 3.0, within(ROUNDING));
    assertThat(joint.variances()[0]).isCloseTo(56 / 9.0, within(ROUNDING));
  }

  @Test
  void identicalMomentsAreUnchangedExactly() {
    double mean = 0.1f;
    double variance = 3.3e-7f;
    Moments joint =
        Moments.combine(
            List.of(
                moments(3, mean, variance),
                moments(17, mean, variance),
                moments(1, mean, variance)));

    assertThat(joint.means()).containsExactly(mean);
    assertThat(joint.variances()).containsExactly(variance);
  }

  @Test
  void anAbsentReplicaIsLeftOut() {
    Moments joint = Moments.combine(List.of(moments(0, 100, 100), moments(5, 1, 2)));

    assertThat(joint.means()).containsExactly(1);
    assertThat(joint.variances()).containsExactly(2);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void tasksCombineAsTheirReplicasDo(long seed) {
    Random random = new Random(seed);
    List<Moments> replicas = new ArrayList<>();
    for (int j = 0; j < 6; j++) {
      replicas.add(moments(random.nextLong(1, 9), random.nextGaussian(), random.nextDouble()));
    }
    Moments flat = Moments.combine(replicas);
    Moments tasks =
        Moments.combine(
            List.of(
                Moments.combine(replicas.subList(0, 2)), Moments.combine(replicas.subList(2, 6))));

    assertThat(tasks.means()[0]).isCloseTo(flat.means()[0], within(ROUNDING));
    assertThat(tasks.variances()[0]).isCloseTo(flat.variances()[0], within(ROUNDING));
  }

  @Test
  void varianceIsNotNegativeWhereTheMeansAreLarge() {
    Moments joint = Moments.combine(List.of(moments(1, 1e8 + 1, 0), moments(1, 1e8, 0)));

    assertThat(joint.variances()).containsExactly(0.25);
  }

  private static Moments moments(long samples, double mean, double variance) {
    return new Moments(samples, new double[] {mean}, new double[] {variance});
  }
}
