package io.earlybird.engine.dl4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.engine.dl4j.kernels.Activation;
import io.earlybird.engine.dl4j.kernels.Arrival;
import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.Dims;
import io.earlybird.engine.dl4j.kernels.HostThreads;
import io.earlybird.engine.dl4j.kernels.NormalizedProductKernel;
import io.earlybird.engine.dl4j.kernels.NormalizedProductKernel.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OneDnnNormalizedProductTest {
  /** Sums of at most 600 products, divided by deviations of about 0.3, in float32. */
  private static final double ROUNDING = 3e-4;

  private static final double EPSILON = 1e-5;

  @ParameterizedTest
  @CsvSource({"2, 3, 5, 7, 1", "1, 4, 16, 3, 2", "3, 16, 64, 14, 2", "2, 13, 67, 5, 1"})
  void agreesWithTheBatchNormOfTheProduct(int batch, int in, int out, int size, int threads) {
    Dims dims = new Dims(batch, in, size, size);
    ConvolutionGeometry geometry = new ConvolutionGeometry(dims, out, 1, 1, 0, false);
    INDArray x = Nd4j.rand(DataType.FLOAT, dims.nhwc());
    INDArray term = random(geometry.output().nhwc());
    INDArray dz = random(geometry.output().nhwc());
    State state = state(random(out, in, 1, 1), Nd4j.rand(DataType.FLOAT, out), random(out));
    INDArray z = Nd4j.create(DataType.FLOAT, geometry.output().nhwc());
    INDArray sum = Nd4j.create(DataType.FLOAT, geometry.output().nhwc());
    INDArray rectified = Nd4j.create(DataType.FLOAT, geometry.output().nhwc());
    INDArray dWeights = Nd4j.create(DataType.FLOAT, out, in, 1, 1);
    INDArray dGamma = Nd4j.create(DataType.FLOAT, out);
    INDArray dBeta = Nd4j.create(DataType.FLOAT, out);
    INDArray replaced = Nd4j.ones(DataType.FLOAT, dims.nhwc());
    INDArray added = Nd4j.ones(DataType.FLOAT, dims.nhwc());
    try (HostThreads workers = new HostThreads(threads);
        OneDnnKernels kernels = new OneDnnKernels(DataType.FLOAT, workers)) {
      NormalizedProductKernel kernel = kernels.normalizedProduct(geometry);
      kernel.fold(x, state);
      kernel.forward(x, state, z);
      kernel.forwardAdding(x, state, term, Activation.IDENTITY, sum);
      kernel.forwardAdding(x, state, term, Activation.RELU, rectified);
      kernel.backward(x, state, dz, dWeights, dGamma, dBeta, replaced, Arrival.REPLACING);
      kernel.fold(x, state);
      kernel.backward(x, state, dz, dWeights, dGamma, dBeta, added, Arrival.ADDING);
    }
    Expected expected = new Expected(x, state, dz);
    assertClose(state.mean(), new double[][] {expected.mean});
    assertClose(state.variance(), new double[][] {expected.variance});
    assertClose(z, expected.z);
    assertClose(sum.sub(term), expected.z);
    assertThat(rectified.sub(Nd4j.math().max(sum, Nd4j.zerosLike(sum))).amaxNumber().floatValue())
        .isZero();
    assertClose(dWeights, expected.dWeights);
    assertClose(dGamma, new double[][] {expected.dGamma});
    assertClose(dBeta, new double[][] {expected.dBeta});
    assertClose(replaced, expected.dx);
    assertClose(added.sub(1), expected.dx);
  }

  @Test
  void anInputThatNeverVariesLeavesTheShift() {
    Dims dims = new Dims(2, 4, 5, 5);
    ConvolutionGeometry geometry = new ConvolutionGeometry(dims, 16, 1, 1, 0, false);
    INDArray x = Nd4j.ones(DataType.FLOAT, dims.nhwc()).muli(3);
    State state = state(random(16, 4, 1, 1), Nd4j.ones(DataType.FLOAT, 16), random(16));
    INDArray z = Nd4j.create(DataType.FLOAT, geometry.output().nhwc());
    INDArray dWeights = Nd4j.create(DataType.FLOAT, 16, 4, 1, 1);
    INDArray dx = Nd4j.create(DataType.FLOAT, dims.nhwc());
    try (OneDnnKernels kernels = new OneDnnKernels(DataType.FLOAT, HostThreads.one())) {
      NormalizedProductKernel kernel = kernels.normalizedProduct(geometry);
      kernel.fold(x, state);
      kernel.forward(x, state, z);
      kernel.backward(
          x,
          state,
          Nd4j.ones(DataType.FLOAT, geometry.output().nhwc()),
          dWeights,
          Nd4j.create(DataType.FLOAT, 16),
          Nd4j.create(DataType.FLOAT, 16),
          dx,
          Arrival.REPLACING);
    }
    double[] beta = state.beta().toDoubleVector();
    for (double[] pixel : z.reshape(50, 16).toDoubleMatrix()) {
      assertThat(pixel).usingComparatorWithPrecision(ROUNDING).containsExactly(beta);
    }
    assertThat(dWeights.amaxNumber().doubleValue()).isCloseTo(0, within(ROUNDING));
    assertThat(dx.amaxNumber().doubleValue()).isCloseTo(0, within(ROUNDING));
  }

  private static INDArray random(long... shape) {
    return Nd4j.rand(DataType.FLOAT, shape).subi(0.5);
  }

  private static State state(INDArray weights, INDArray gamma, INDArray beta) {
    long in = weights.size(1);
    long out = weights.size(0);
    return new State(
        weights,
        gamma,
        beta,
        Nd4j.create(DataType.FLOAT, in),
        Nd4j.create(DataType.FLOAT, out),
        Nd4j.create(DataType.FLOAT, out),
        Nd4j.create(DataType.FLOAT, out * in),
        Nd4j.create(DataType.FLOAT, out * in),
        Nd4j.create(DataType.FLOAT, out));
  }

  private static void assertClose(INDArray actual, double[][] expected) {
    double[][] values = actual.reshape(expected.length, expected[0].length).toDoubleMatrix();
    for (int i = 0; i < expected.length; i++) {
      assertThat(values[i]).usingComparatorWithPrecision(ROUNDING).containsExactly(expected[i]);
    }
  }

  /** The product, then the batch norm as specification 0.4 has it, in double precision. */
  private static final class Expected {
    private final double[] mean;
    private final double[] variance;
    private final double[][] z;
    private final double[][] dWeights;
    private final double[] dGamma;
    private final double[] dBeta;
    private final double[][] dx;

    Expected(INDArray input, State state, INDArray gradient) {
      int out = (int) state.weights().size(0);
      int in = (int) state.weights().size(1);
      int pixels = (int) (input.length() / in);
      double[][] x = input.reshape(pixels, in).toDoubleMatrix();
      double[][] w = state.weights().reshape(out, in).toDoubleMatrix();
      double[][] g = gradient.reshape(pixels, out).toDoubleMatrix();
      mean = new double[out];
      variance = new double[out];
      dGamma = new double[out];
      dBeta = new double[out];
      z = new double[pixels][out];
      dWeights = new double[out][in];
      dx = new double[pixels][in];
      for (int o = 0; o < out; o++) {
        double[] y = new double[pixels];
        for (int p = 0; p < pixels; p++) {
          for (int i = 0; i < in; i++) {
            y[p] += w[o][i] * x[p][i];
          }
          mean[o] += y[p] / pixels;
        }
        for (int p = 0; p < pixels; p++) {
          variance[o] += (y[p] - mean[o]) * (y[p] - mean[o]) / pixels;
        }
        double deviation = Math.sqrt(variance[o] + EPSILON);
        double gamma = state.gamma().getDouble(o);
        for (int p = 0; p < pixels; p++) {
          double normalized = (y[p] - mean[o]) / deviation;
          z[p][o] = gamma * normalized + state.beta().getDouble(o);
          dGamma[o] += g[p][o] * normalized;
          dBeta[o] += g[p][o];
        }
        for (int p = 0; p < pixels; p++) {
          double normalized = (y[p] - mean[o]) / deviation;
          double dy =
              gamma / deviation * (g[p][o] - dBeta[o] / pixels - normalized * dGamma[o] / pixels);
          for (int i = 0; i < in; i++) {
            dWeights[o][i] += dy * x[p][i];
            dx[p][i] += dy * w[o][i];
          }
        }
      }
    }
  }
}
