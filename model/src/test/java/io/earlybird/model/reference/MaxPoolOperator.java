package io.earlybird.model.reference;

import io.earlybird.model.network.MaxPool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;

/** Maximum over windows; padding is minus infinity; the first maximum gets the gradient. */
record MaxPoolOperator(MaxPool node, Shape in, Shape out) implements Operator {
  MaxPoolOperator(MaxPool node, Network network) {
    this(node, network.shape(node.source()), network.shape(node.name()));
  }

  @Override
  public double[] forward(Pass pass) {
    double[] x = pass.output(node.source());
    double[] y = new double[pass.samples() * out.elements()];
    for (int o = 0; o < y.length; o++) {
      y[o] = x[largest(x, o)];
    }
    return y;
  }

  @Override
  public void backward(Pass pass, double[] gradient) {
    double[] x = pass.output(node.source());
    double[] dx = pass.gradient(node.source());
    for (int o = 0; o < gradient.length; o++) {
      dx[largest(x, o)] += gradient[o];
    }
  }

  /** Index of the first maximum in the window of output {@code o}; a NaN counts as the maximum. */
  private int largest(double[] x, int o) {
    int plane = o / out.pixels() * in.pixels();
    int top = o / out.width() % out.height() * node.stride() - node.padding();
    int left = o % out.width() * node.stride() - node.padding();
    int best = -1;
    for (int row = Math.max(top, 0); row < Math.min(top + node.kernel(), in.height()); row++) {
      for (int col = Math.max(left, 0); col < Math.min(left + node.kernel(), in.width()); col++) {
        int index = plane + row * in.width() + col;
        if (best < 0 || x[index] > x[best] || Double.isNaN(x[index])) {
          best = index;
        }
      }
    }
    return best;
  }
}
