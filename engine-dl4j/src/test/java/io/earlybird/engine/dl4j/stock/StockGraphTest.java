package io.earlybird.engine.dl4j.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
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
}
