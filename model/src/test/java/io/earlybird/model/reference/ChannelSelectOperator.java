package io.earlybird.model.reference;

import io.earlybird.model.network.ChannelSelect;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;

/** y[n, i] = x[n, channels[i]]. */
record ChannelSelectOperator(ChannelSelect node, Shape in) implements Operator {
  ChannelSelectOperator(ChannelSelect node, Network network) {
    this(node, network.shape(node.source()));
  }

  @Override
  public double[] forward(Pass pass) {
    int kept = node.channels().size();
    double[] y = new double[pass.samples() * kept * in.pixels()];
    for (int i = 0; i < kept; i++) {
      int channel = node.channels().get(i);
      double[] x = pass.output(node.source());
      ChannelCopy.add(x, in.channels(), channel, y, kept, i, in.pixels());
    }
    return y;
  }

  @Override
  public void backward(Pass pass, double[] gradient) {
    int kept = node.channels().size();
    double[] dx = pass.gradient(node.source());
    for (int i = 0; i < kept; i++) {
      int channel = node.channels().get(i);
      ChannelCopy.add(gradient, kept, i, dx, in.channels(), channel, in.pixels());
    }
  }
}
