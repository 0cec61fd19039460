package io.earlybird.model.reference;

import io.earlybird.model.network.Relu;

/** y = max(x, 0), with derivative 0 at x = 0 (specification 0.5). */
record ReluOperator(Relu node) implements Operator {
  @Override
  public double[] forward(Pass pass) {
    double[] y = pass.output(node.source()).clone();
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.max(y[i], 0);
    }
    return y;
  }

  @Override
  public void backward(Pass pass, double[] gradient) {
    double[] x = pass.output(node.source());
    double[] dx = pass.gradient(node.source());
    for (int i = 0; i < dx.length; i++) {
      if (x[i] > 0) {
        dx[i] += gradient[i];
      }
    }
  }
}
