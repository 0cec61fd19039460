package io.earlybird.spark.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.ParameterLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicaMeanTest {
  /** 9009 weights and biases, and as much momentum: several blocks, and an odd rest. */
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(
          new Network(
              "wide",
              List.of(
                  new Input("input", new Shape(1000, 1, 1)),
                  new Linear("fc", "input", 9, Linear.Initial.NORMAL_001))));

  private final StateVector vector = new StateVector(LAYOUT, MomentumTreatment.AVERAGE);

  @ParameterizedTest(name = "{0} replicas")
  @ValueSource(ints = {1, 2, 3, 4, 5, 8})
  void isTheSumInDoubleInTheOrderOfReplicasDividedByTheSamples(int replicas) {
    Random random = new Random(replicas);
    ReplicaMean mean = new ReplicaMean(vector, replicas);
    List<float[]> all = new ArrayList<>();
    long[] samples = random.longs(replicas, 1, 1000).toArray();
    for (int j = 0; j < replicas; j++) {
      float[] values = new float[vector.length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      all.add(values);
      vector.write(values, values.length, 0, mean.next());
      mean.add(samples[j]);
    }

    assertThat(read(mean, vector.length())).isEqualTo(expected(all, samples));
    assertThat(read(mean, 1001)).isEqualTo(expected(all, samples));
  }

  @Test
  void aReplicaThatIsNotAddedIsOverwrittenByTheNext() {
    ReplicaMean mean = new ReplicaMean(vector, 2);
    mean.next().parameters().values()[0] = Float.NaN;
    mean.next().parameters().values()[0] = 3;
    mean.add(1);
    mean.next().parameters().values()[0] = 6;
    mean.add(2);
    mean.next().parameters().values()[0] = Float.NaN;

    assertThat(read(mean, 100)[0]).isEqualTo(5);
  }

  @Test
  void isEmptyUntilAReplicaWithSamplesIsAdded() {
    ReplicaMean mean = new ReplicaMean(vector, 2);
    mean.next();

    assertThat(mean.isEmpty()).isTrue();
    assertThatThrownBy(() -> mean.add(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot add a replica that processed no sample");
  }

  private static float[] expected(List<float[]> all, long[] samples) {
    float[] expected = new float[all.get(0).length];
    for (int i = 0; i < expected.length; i++) {
      double sum = 0;
      long weight = 0;
      for (int j = 0; j < samples.length; j++) {
        sum += samples[j] * (double) all.get(j)[i];
        weight += samples[j];
      }
      expected[i] = (float) (sum / weight);
    }
    return expected;
  }

  /** The whole mean, read in ranges of at most so many values. */
  private float[] read(ReplicaMean mean, int most) {
    float[] whole = new float[vector.length()];
    for (int from = 0; from < whole.length; from += most) {
      float[] range = new float[Math.min(most, whole.length - from)];
      mean.read(from, range.length, range);
      System.arraycopy(range, 0, whole, from, range.length);
    }
    return whole;
  }
}
