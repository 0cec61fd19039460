package io.earlybird.model.reference;

import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.ParameterLayout;

/**
 * y[n, o, r, c] = bias[o] + sum over i, a, b of weight[o, i, a, b] * x[n, i, r * stride + a -
 * padding, c * stride + b - padding]; values outside the image are 0.
 */
final class ConvolutionOperator implements Operator {
  private static final int NO_BIAS = -1;

  private final Convolution node;
  private final Shape in;
  private final Shape out;
  private final int weight;
  private final int bias;

  ConvolutionOperator(Convolution node, Network network, ParameterLayout layout) {
    this.node = node;
    this.in = network.shape(node.source());
    this.out = network.shape(node.name());
    this.weight = layout.entry(node.weight()).offset();
    this.bias = node.bias() ? layout.entry(node.biasName()).offset() : NO_BIAS;
  }

  /** One kernel entry [o, i, a, b] applied to one row of one sample. */
  private interface RowStep {
    /**
     * @param kernel index of the entry among the values
     * @param x index of the first input that it meets
     * @param y index of the first output that it contributes to
     * @param length number of outputs; inputs are {@code stride} apart
     */
    void apply(int kernel, int x, int y, int length);
  }

  @Override
  public double[] forward(Pass pass) {
    double[] x = pass.output(node.source());
    double[] values = pass.values();
    double[] y = new double[pass.samples() * out.elements()];
    if (bias != NO_BIAS) {
      for (int i = 0; i < y.length; i++) {
        y[i] = values[bias + i / out.pixels() % out.channels()];
      }
    }
    forEachRow(
        pass.samples(),
        (kernel, from, to, length) -> {
          double w = values[kernel];
          for (int i = 0; i < length; i++) {
            y[to + i] += w * x[from + i * node.stride()];
          }
        });
    return y;
  }

  @Override
  public void backward(Pass pass, double[] gradient) {
    double[] x = pass.output(node.source());
    double[] dx = pass.gradient(node.source());
    double[] values = pass.values();
    double[] dw = pass.parameterGradient();
    if (bias != NO_BIAS) {
      for (int i = 0; i < gradient.length; i++) {
        dw[bias + i / out.pixels() % out.channels()] += gradient[i];
      }
    }
    forEachRow(
        pass.samples(),
        (kernel, from, to, length) -> {
          double w = values[kernel];
          double sum = 0;
          for (int i = 0; i < length; i++) {
            int source = from + i * node.stride();
            sum += gradient[to + i] * x[source];
            dx[source] += gradient[to + i] * w;
          }
          dw[kernel] += sum;
        });
  }

  private void forEachRow(int samples, RowStep step) {
    for (int n = 0; n < samples; n++) {
      for (int o = 0; o < out.channels(); o++) {
        for (int i = 0; i < in.channels(); i++) {
          plane(n, o, i, step);
        }
      }
    }
  }

  /** All kernel entries [o, i, :, :] on all rows of sample {@code n}. */
  private void plane(int n, int o, int i, RowStep step) {
    int k = node.kernel();
    int first = weight + (o * in.channels() + i) * k * k;
    int xPlane = (n * in.channels() + i) * in.pixels();
    int yPlane = (n * out.channels() + o) * out.pixels();
    for (int a = 0; a < k; a++) {
      for (int b = 0; b < k; b++) {
        int begin = firstInside(b);
        int length = Math.min(out.width(), outsideFrom(b, in.width())) - begin;
        int column = begin * node.stride() + b - node.padding();
        for (int row = firstInside(a);
            row < Math.min(out.height(), outsideFrom(a, in.height()));
            row++) {
          int x = xPlane + (row * node.stride() + a - node.padding()) * in.width() + column;
          step.apply(first + a * k + b, x, yPlane + row * out.width() + begin, length);
        }
      }
    }
  }

  /** Smallest output position whose input, for kernel position {@code tap}, is not below 0. */
  private int firstInside(int tap) {
    return Math.max(0, Math.floorDiv(node.padding() - tap + node.stride() - 1, node.stride()));
  }

  /** Smallest output position whose input, for kernel position {@code tap}, is past the extent. */
  private int outsideFrom(int tap, int extent) {
    return Math.floorDiv(extent - 1 - tap + node.padding(), node.stride()) + 1;
  }
}
