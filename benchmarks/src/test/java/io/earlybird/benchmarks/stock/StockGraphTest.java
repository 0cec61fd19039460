package io.earlybird.benchmarks.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.ChannelSelect;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.ParameterLayout;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class StockGraphTest {
  @Test
  void hasTheParametersAndOutputsOfTheNetwork() {
    Network network = Networks.named("resnet18-cifar", 10, 32);
    ComputationGraph graph = StockGraph.of(network);
    assertThat(graph.numParams()).isEqualTo(ParameterLayout.of(network).length());
    assertThat(graph.outputSingle(Nd4j.rand(2, 3, 32, 32)).shape()).containsExactly(2, 10);
  }

  @Test
  void refusesNodesThatDl4jLacks() {
    Network network =
        new Network(
            "gated",
            List.of(
                new Input("input", new Shape(3, 1, 1)),
                new ChannelSelect("gate", "input", List.of(0, 2)),
                new Linear("fc", "gate", 2, Linear.Initial.UNIFORM_FAN_IN)));
    assertThatThrownBy(() -> StockGraph.of(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ChannelSelect");
  }
}
