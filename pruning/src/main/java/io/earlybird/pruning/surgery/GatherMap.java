package io.earlybird.pruning.surgery;

import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.parameters.ParameterLayout;

/** Finds for each value of the cut network its index in the dense one. */
final class GatherMap {
  private final Selection selection;
  private final ParameterLayout dense;
  private final ParameterLayout cut;
  private final int[] sources;

  private GatherMap(Selection selection, ParameterLayout dense, ParameterLayout cut) {
    this.selection = selection;
    this.dense = dense;
    this.cut = cut;
    this.sources = new int[cut.length()];
  }

  static int[] of(Network network, Network cutNetwork, Selection selection) {
    GatherMap map =
        new GatherMap(selection, ParameterLayout.of(network), ParameterLayout.of(cutNetwork));
    network.nodes().forEach(map::gather);
    return map.sources;
  }

  private void gather(Node node) {
    int[] out = selection.kept(node.name());
    if (node instanceof Convolution convolution) {
      int taps = convolution.kernel() * convolution.kernel();
      matrix(convolution.weight(), out, selection.kept(convolution.source()), taps);
      if (convolution.bias()) {
        vector(convolution.biasName(), out);
      }
    } else if (node instanceof Linear linear) {
      matrix(linear.weight(), out, selection.kept(linear.source()), 1);
      vector(linear.biasName(), out);
    } else if (node instanceof BatchNorm norm) {
      vector(norm.gamma(), out);
      vector(norm.beta(), out);
      vector(norm.runningMean(), out);
      vector(norm.runningVariance(), out);
    }
  }

  private void vector(String tensor, int[] channels) {
    int from = dense.entry(tensor).offset();
    int to = cut.entry(tensor).offset();
    for (int channel : channels) {
      sources[to++] = from + channel;
    }
  }

  /** Rows and columns of [out, in, taps]. */
  private void matrix(String tensor, int[] out, int[] in, int taps) {
    int from = dense.entry(tensor).offset();
    int columns = dense.entry(tensor).spec().extent(1);
    int to = cut.entry(tensor).offset();
    for (int o : out) {
      for (int i : in) {
        for (int tap = 0; tap < taps; tap++) {
          sources[to++] = from + (o * columns + i) * taps + tap;
        }
      }
    }
  }
}
