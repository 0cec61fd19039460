package io.earlybird.model.reference;

import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;

/** y[n, o] = bias[o] + sum over i of weight[o, i] * x[n, i]. */
record LinearOperator(Linear node, int in, int weight, int bias) implements Operator {
  LinearOperator(Linear node, Network network, ParameterLayout layout) {
    this(
        node,
        network.shape(node.source()).channels(),
        layout.entry(node.weight()).offset(),
        layout.entry(node.biasName()).offset());
  }

  @Override
  public double[] forward(Pass pass) {
    double[] x = pass.output(node.source());
    double[] values = pass.values();
    int out = node.outFeatures();
    double[] y = new double[pass.samples() * out];
    for (int n = 0; n < pass.samples(); n++) {
      for (int o = 0; o < out; o++) {
        double sum = values[bias + o];
        for (int i = 0; i < in; i++) {
          sum += values[weight + o * in + i] * x[n * in + i];
        }
        y[n * out + o] = sum;
      }
    }
    return y;
  }

  @Override
  public void backward(Pass pass, double[] gradient) {
    double[] x = pass.output(node.source());
    double[] dx = pass.gradient(node.source());
    double[] dw = pass.parameterGradient();
    int out = node.outFeatures();
    for (int n = 0; n < pass.samples(); n++) {
      for (int o = 0; o < out; o++) {
        double dy = gradient[n * out + o];
        dw[bias + o] += dy;
        for (int i = 0; i < in; i++) {
          dw[weight + o * in + i] += dy * x[n * in + i];
          dx[n * in + i] += dy * pass.values()[weight + o * in + i];
        }
      }
    }
  }
}
