package io.earlybird.model.reference;

import io.earlybird.model.network.Add;

/** y = the sum of the sources. */
record AddOperator(Add node) implements Operator {
  @Override
  public double[] forward(Pass pass) {
    double[] y = new double[pass.output(node.sources().get(0)).length];
    for (String source : node.sources()) {
      accumulate(pass.output(source), y);
    }
    return y;
  }

  @Override
  public void backward(Pass pass, double[] gradient) {
    for (String source : node.sources()) {
      accumulate(gradient, pass.gradient(source));
    }
  }

  private static void accumulate(double[] from, double[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] += from[i];
    }
  }
}
