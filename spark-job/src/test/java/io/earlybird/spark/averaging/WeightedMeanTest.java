package io.earlybird.spark.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedMeanTest {
  /** A handful of double roundings. */
  private static final double ROUNDING = 1e-15;

  @Test
  void weighsByTheSamplesBehindEachVector() {
    WeightedMean mean = new WeightedMean(2);
    mean.add(3, new float[] {1, 10});
    mean.add(1, new float[] {5, -10});

    assertThat(mean.toFloats()).containsExactly(2, 5);
    assertThat(mean.weight()).isEqualTo(4);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void identicalVectorsAreUnchangedExactly(long seed) {
    Random random = new Random(seed);
    float[] values = new float[500];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30));
    }
    WeightedMean mean = new WeightedMean(values.length);
    for (int j = 0; j < 7; j++) {
      mean.add(random.nextLong(1, 100_000), values);
    }

    assertThat(mean.toFloats()).isEqualTo(values);
  }

  @Test
  void aVectorWithoutSamplesIsLeftOutWhateverItHolds() {
    WeightedMean mean = new WeightedMean(1);
    mean.add(0, new float[] {Float.NaN});
    mean.add(2, new float[] {3});

    assertThat(mean.toFloats()).containsExactly(3);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {4, 5, 6})
  void meansOfTasksCombineToTheMeanOfTheirReplicas(long seed) {
    Random random = new Random(seed);
    WeightedMean flat = new WeightedMean(1);
    WeightedMean tasks = new WeightedMean(1);
    for (int task = 0; task < 3; task++) {
      WeightedMean replicas = new WeightedMean(1);
      for (int j = 0; j < 4; j++) {
        long samples = random.nextLong(1, 300);
        double[] value = {random.nextGaussian()};
        flat.add(samples, value);
        replicas.add(samples, value);
      }
      tasks.add(replicas.weight(), replicas.toDoubles());
    }

    assertThat(tasks.weight()).isEqualTo(flat.weight());
    assertThat(tasks.toDoubles()[0]).isCloseTo(flat.toDoubles()[0], within(ROUNDING));
  }

  @Test
  void refusesVectorsOfAnotherLengthAndMeansOfNothing() {
    WeightedMean mean = new WeightedMean(2);

    assertThatThrownBy(() -> mean.add(1, new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot average 3 values of 1 samples into 2 values");
    assertThatThrownBy(mean::toFloats)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot average: no replica processed a sample");
  }
}
