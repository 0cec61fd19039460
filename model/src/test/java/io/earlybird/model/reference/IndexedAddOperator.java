package io.earlybird.model.reference;

import io.earlybird.model.network.IndexedAdd;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;
import java.util.List;

/** y = 0; y[n, channels_t[i]] += x_t[n, i] for each term t. */
record IndexedAddOperator(IndexedAdd node, Shape out) implements Operator {
  IndexedAddOperator(IndexedAdd node, Network network) {
    this(node, network.shape(node.name()));
  }

  @Override
  public double[] forward(Pass pass) {
    double[] y = new double[pass.samples() * out.elements()];
    for (IndexedAdd.Term term : node.terms()) {
      List<Integer> channels = term.channels();
      double[] x = pass.output(term.source());
      for (int i = 0; i < channels.size(); i++) {
        ChannelCopy.add(x, channels.size(), i, y, out.channels(), channels.get(i), out.pixels());
      }
    }
    return y;
  }

  @Override
  public void backward(Pass pass, double[] gradient) {
    for (IndexedAdd.Term term : node.terms()) {
      List<Integer> channels = term.channels();
      double[] dx = pass.gradient(term.source());
      for (int i = 0; i < channels.size(); i++) {
        ChannelCopy.add(
            gradient, out.channels(), channels.get(i), dx, channels.size(), i, out.pixels());
      }
    }
  }
}
