package io.earlybird.pruning.surgery;

import io.earlybird.model.network.Add;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.ChannelSelect;
import io.earlybird.model.network.IndexedAdd;
import io.earlybird.model.network.MaxPool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Relu;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Channels that are constant over the image when masked gammas are zero and their betas are not: a
 * masked batch norm gives beta; ReLU, pools, selects and joins of constants hand constants on.
 *
 * <p>Pools leave a constant as it is: max pools pad with minus infinity, average pools not at all.
 */
final class ConstantChannels {
  private final Network network;
  private final Map<String, double[]> constants = new HashMap<>();

  /**
   * Finds the constants.
   *
   * @param values in the layout of the network
   * @param masked gammas and betas of the masked channels
   */
  ConstantChannels(Network network, double[] values, HeldEntries masked) {
    this.network = network;
    ParameterLayout layout = ParameterLayout.of(network);
    for (Node node : network.nodes()) {
      constants.put(
          node.name(),
          node instanceof BatchNorm norm
              ? betas(norm, layout, values, masked)
              : handedOn(node, network.shape(node.name()).channels()));
    }
  }

  /** Constant of each channel of a node; NaN where it is none. */
  double[] of(String node) {
    return constants.get(node);
  }

  private double[] betas(
      BatchNorm norm, ParameterLayout layout, double[] values, HeldEntries masked) {
    double[] betas = unknown(network.shape(norm.name()).channels());
    for (int c = 0; c < betas.length; c++) {
      if (masked.holds(layout.entry(norm.gamma()).offset() + c)) {
        betas[c] = values[layout.entry(norm.beta()).offset() + c];
      }
    }
    return betas;
  }

  private double[] handedOn(Node node, int channels) {
    if (node instanceof Relu relu) {
      return Arrays.stream(of(relu.source())).map(c -> Math.max(c, 0)).toArray();
    } else if (node instanceof MaxPool || node instanceof AveragePool) {
      return of(node.sources().get(0));
    } else if (node instanceof ChannelSelect select) {
      double[] source = of(select.source());
      return select.channels().stream().mapToDouble(c -> source[c]).toArray();
    } else if (node instanceof Add add) {
      double[] sums = new double[channels];
      add.sources().forEach(source -> addUp(sums, of(source), null));
      return sums;
    } else if (node instanceof IndexedAdd add) {
      double[] sums = new double[channels];
      add.terms().forEach(term -> addUp(sums, of(term.source()), term.channels()));
      return sums;
    }
    return unknown(channels);
  }

  /** NaN plus anything is NaN: a sum is constant if all its terms are. */
  private static void addUp(double[] sums, double[] terms, List<Integer> places) {
    for (int i = 0; i < terms.length; i++) {
      sums[places == null ? i : places.get(i)] += terms[i];
    }
  }

  private static double[] unknown(int channels) {
    double[] unknown = new double[channels];
    Arrays.fill(unknown, Double.NaN);
    return unknown;
  }
}
