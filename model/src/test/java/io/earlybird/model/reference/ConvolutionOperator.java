package io.earlybird.model.reference;

import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.ParameterLayout;

/**
 * y[n, o, r, c] = bias[o] + sum over i, a, b of weight[o, i, a, b] * x[n, i, r * stride + a -
 * padding, c * stride + b - padding]; values outside the image are 0.
 *
 * <p>A product of the kernel [O, I * k * k] with {@link Patches}, a few patches at a time so that
 * they stay in the processor's cache while the kernel passes by.
 */
final class ConvolutionOperator implements Operator {
  private static final int NO_BIAS = -1;
  private static final int ROWS_AT_A_TIME = 16;

  private final Convolution node;
  private final Patches patches;
  private final Shape out;
  private final int weight;
  private final int bias;

  ConvolutionOperator(Convolution node, Network network, ParameterLayout layout) {
    this.node = node;
    this.out = network.shape(node.name());
    this.patches = new Patches(node, network.shape(node.source()), out);
    this.weight = layout.entry(node.weight()).offset();
    this.bias = node.bias() ? layout.entry(node.biasName()).offset() : NO_BIAS;
  }

  @Override
  public double[] forward(Pass pass) {
    double[] columns = patches.of(pass.output(node.source()));
    double[] kernel = transposedKernel(pass.values());
    int length = patches.length();
    int rows = columns.length / length;
    int channels = out.channels();
    double[] product = new double[rows * channels];
    for (int first = 0; first < rows; first += ROWS_AT_A_TIME) {
      for (int k = 0; k < length; k++) {
        for (int row = first; row < Math.min(first + ROWS_AT_A_TIME, rows); row++) {
          double x = columns[row * length + k];
          addScaled(x, kernel, k * channels, product, row * channels, channels);
        }
      }
    }
    return withBias(product, pass.values());
  }

  @Override
  public void backward(Pass pass, double[] gradient) {
    double[] columns = patches.of(pass.output(node.source()));
    double[] columnGradient = new double[columns.length];
    int length = patches.length();
    int rows = columns.length / length;
    double[] dw = pass.parameterGradient();
    for (int first = 0; first < rows; first += ROWS_AT_A_TIME) {
      for (int o = 0; o < out.channels(); o++) {
        int filter = weight + o * length;
        for (int row = first; row < Math.min(first + ROWS_AT_A_TIME, rows); row++) {
          double dy = gradient[outputIndex(row, o)];
          addScaled(dy, columns, row * length, dw, filter, length);
          addScaled(dy, pass.values(), filter, columnGradient, row * length, length);
        }
      }
    }
    patches.addTo(pass.gradient(node.source()), columnGradient);
    if (bias != NO_BIAS) {
      for (int i = 0; i < gradient.length; i++) {
        dw[bias + i / out.pixels() % out.channels()] += gradient[i];
      }
    }
  }

  /** The kernel as [I * k * k, O]. */
  private double[] transposedKernel(double[] values) {
    int length = patches.length();
    double[] transposed = new double[length * out.channels()];
    for (int o = 0; o < out.channels(); o++) {
      for (int k = 0; k < length; k++) {
        transposed[k * out.channels() + o] = values[weight + o * length + k];
      }
    }
    return transposed;
  }

  /** Rows [N * H' * W', O] as [N, O, H', W'], plus the bias. */
  private double[] withBias(double[] product, double[] values) {
    double[] y = new double[product.length];
    for (int i = 0; i < product.length; i++) {
      int o = i % out.channels();
      double shift = bias == NO_BIAS ? 0 : values[bias + o];
      y[outputIndex(i / out.channels(), o)] = product[i] + shift;
    }
    return y;
  }

  /** Index in [N, O, H', W'] of filter {@code o} at patch {@code row}. */
  private int outputIndex(int row, int o) {
    int sample = row / out.pixels();
    return (sample * out.channels() + o) * out.pixels() + row % out.pixels();
  }

  private static void addScaled(
      double factor, double[] from, int fromStart, double[] into, int intoStart, int length) {
    for (int i = 0; i < length; i++) {
      into[intoStart + i] += factor * from[fromStart + i];
    }
  }
}
