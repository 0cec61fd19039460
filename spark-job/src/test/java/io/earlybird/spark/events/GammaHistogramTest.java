package io.earlybird.spark.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.util.List;
import org.junit.jupiter.api.Test;

class GammaHistogramTest {
  @Test
  void channelsAreCountedByTheSizeOfTheirScale() {
    Network network =
        network(new Input("input", new Shape(5, 1, 1)), new BatchNorm("bn", "input", 1), "bn");
    Parameters parameters = Parameters.zeros(ParameterLayout.of(network));
    parameters.slice("bn.weight").put(new float[] {0, -0.06f, 0.07f, 1.99f, -7});
    List<Integer> counts = GammaHistogram.of(network, parameters);
    assertThat(counts).hasSize(GammaHistogram.BINS);
    assertThat(counts.get(0)).isEqualTo(1);
    assertThat(counts.get(1)).isEqualTo(2);
    assertThat(counts.get(39)).isEqualTo(1);
    assertThat(counts.get(40)).isEqualTo(1);
    assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(5);
  }

  @Test
  void aNetworkWithoutBatchNormHasNoHistogram() {
    Network network =
        new Network(
            "plain",
            List.of(
                new Input("input", new Shape(3, 1, 1)),
                new AveragePool("pool", "input", 1, 1, true),
                new Linear("fc", "pool", 2, Linear.Initial.UNIFORM_FAN_IN)));
    Parameters parameters = Parameters.zeros(ParameterLayout.of(network));
    assertThat(GammaHistogram.of(network, parameters)).isEmpty();
  }

  private static Network network(Input input, BatchNorm norm, String last) {
    return new Network(
        "scaled",
        List.of(
            input,
            norm,
            new AveragePool("pool", last, 1, 1, true),
            new Linear("fc", "pool", 2, Linear.Initial.UNIFORM_FAN_IN)));
  }
}
