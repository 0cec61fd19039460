package io.earlybird.model.reference;

import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;

/** Mean over windows without padding. */
record AveragePoolOperator(AveragePool node, Shape in, Shape out) implements Operator {
  AveragePoolOperator(AveragePool node, Network network) {
    this(node, network.shape(node.source()), network.shape(node.name()));
  }

  @Override
  public double[] forward(Pass pass) {
    double[] x = pass.output(node.source());
    double[] y = new double[pass.samples() * out.elements()];
    double area = node.kernel() * node.kernel();
    for (int o = 0; o < y.length; o++) {
      int corner = corner(o);
      double sum = 0;
      for (int ky = 0; ky < node.kernel(); ky++) {
        for (int kx = 0; kx < node.kernel(); kx++) {
          sum += x[corner + ky * in.width() + kx];
        }
      }
      y[o] = sum / area;
    }
    return y;
  }

  @Override
  public void backward(Pass pass, double[] gradient) {
    double[] dx = pass.gradient(node.source());
    double area = node.kernel() * node.kernel();
    for (int o = 0; o < gradient.length; o++) {
      int corner = corner(o);
      for (int ky = 0; ky < node.kernel(); ky++) {
        for (int kx = 0; kx < node.kernel(); kx++) {
          dx[corner + ky * in.width() + kx] += gradient[o] / area;
        }
      }
    }
  }

  /** Index in the source of the first value of the window of output {@code o}. */
  private int corner(int o) {
    int plane = o / out.pixels();
    int row = o / out.width() % out.height();
    int column = o % out.width();
    return plane * in.pixels() + row * node.stride() * in.width() + column * node.stride();
  }
}
