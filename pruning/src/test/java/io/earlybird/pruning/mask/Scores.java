package io.earlybird.pruning.mask;

import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.util.ArrayList;
import java.util.List;

/** Scores of chains of convolutions and batch norms with given gammas. */
final class Scores {
  private Scores() {}

  /** One layer for each array. */
  static ChannelScores of(float[]... gammas) {
    Network network = network(gammas);
    Parameters parameters = Parameters.zeros(ParameterLayout.of(network));
    for (int layer = 0; layer < gammas.length; layer++) {
      parameters.slice("bn" + layer + ".weight").put(gammas[layer]);
    }
    return ChannelScores.of(network, parameters);
  }

  private static Network network(float[][] gammas) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Input("input", new Shape(3, 1, 1)));
    String x = "input";
    for (int layer = 0; layer < gammas.length; layer++) {
      nodes.add(new Convolution("conv" + layer, x, gammas[layer].length, 1, 1, 0));
      nodes.add(new BatchNorm("bn" + layer, "conv" + layer, 1));
      x = "bn" + layer;
    }
    nodes.add(new Linear("fc", x, 2, Linear.Initial.NORMAL_001));
    return new Network("chain", nodes);
  }
}
