package io.earlybird.engine.dl4j.onednn;

import io.earlybird.engine.dl4j.kernels.HostThreads;
import io.earlybird.engine.dl4j.kernels.NormalizedProductKernel.State;
import io.earlybird.model.network.BatchNorm;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a normalized product computes on rows of its kernel, one for each of its outputs; sums in
 * double precision, and in one order whatever the number of threads.
 */
final class NormalizedRows {
  private final long pixels;
  private final int in;
  private final int out;
  private final HostThreads threads;

  NormalizedRows(long pixels, int in, int out, HostThreads threads) {
    this.pixels = pixels;
    this.in = in;
    this.out = out;
    this.threads = threads;
  }

  /**
   * Covariance from sums over pixels, both in place.
   *
   * @param squares address of the sums of x x', [I, I]
   * @param sums of x, [I]; becomes the mean
   */
  void covariance(long squares, INDArray sums) {
    FloatBuffer means = Address.buffer(sums);
    float[] mean = new float[in];
    for (int i = 0; i < in; i++) {
      mean[i] = means.get(i) / pixels;
    }
    means.put(0, mean);
    FloatBuffer entries = Address.buffer(squares, (long) in * in);
    float[] row = new float[in];
    for (int i = 0; i < in; i++) {
      entries.get(i * in, row);
      for (int j = 0; j < in; j++) {
        row[j] = (float) ((double) row[j] / pixels - (double) mean[i] * mean[j]);
      }
      entries.put(i * in, row);
    }
  }

  /** Statistics and folded parameters of a state that has the input's mean and W S. */
  void fold(State state) {
    FloatBuffer weights = Address.buffer(state.weights());
    FloatBuffer spread = Address.buffer(state.spread());
    FloatBuffer folded = Address.buffer(state.folded());
    FloatBuffer gamma = Address.buffer(state.gamma());
    FloatBuffer beta = Address.buffer(state.beta());
    FloatBuffer mean = Address.buffer(state.mean());
    FloatBuffer variance = Address.buffer(state.variance());
    FloatBuffer shift = Address.buffer(state.shift());
    float[] inputMean = row(Address.buffer(state.inputMean()), 0, new float[in]);
    threads.run(
        out,
        (begin, end) -> {
          float[] w = new float[in];
          float[] ws = new float[in];
          for (int o = begin; o < end; o++) {
            row(weights, o, w);
            double center = dot(w, inputMean);
            double squared = Math.max(0, dot(w, row(spread, o, ws)));
            float rate = (float) (gamma.get(o) / Math.sqrt(squared + BatchNorm.EPSILON));
            mean.put(o, (float) center);
            variance.put(o, (float) squared);
            shift.put(o, (float) (beta.get(o) - rate * center));
            for (int i = 0; i < in; i++) {
              w[i] *= rate;
            }
            folded.put(o * in, w);
          }
        });
  }

  /**
   * Gradients of parameters from products with the gradient of z.
   *
   * @param state in which W S becomes -e W, and the input's mean W' (e W m - a s / P)
   * @param dWeights has G; becomes the gradient of W
   * @param dGamma becomes the gradient of gamma
   * @param dBeta has s, which is its gradient
   */
  void gradients(State state, INDArray dWeights, INDArray dGamma, INDArray dBeta) {
    FloatBuffer weights = Address.buffer(state.weights());
    FloatBuffer spread = Address.buffer(state.spread());
    FloatBuffer gamma = Address.buffer(state.gamma());
    FloatBuffer mean = Address.buffer(state.mean());
    FloatBuffer variance = Address.buffer(state.variance());
    FloatBuffer products = Address.buffer(dWeights);
    FloatBuffer gammaGradient = Address.buffer(dGamma);
    FloatBuffer sums = Address.buffer(dBeta);
    float[] inputMean = row(Address.buffer(state.inputMean()), 0, new float[in]);
    float[] towardsInput = new float[out];
    threads.run(
        out,
        (begin, end) -> {
          float[] w = new float[in];
          float[] ws = new float[in];
          float[] g = new float[in];
          for (int o = begin; o < end; o++) {
            row(weights, o, w);
            row(spread, o, ws);
            row(products, o, g);
            double stabilized = variance.get(o) + BatchNorm.EPSILON;
            double root = Math.sqrt(stabilized);
            double centered = dot(w, g) - (double) sums.get(o) * mean.get(o);
            float rate = (float) (gamma.get(o) / root);
            float sum = sums.get(o);
            double e = rate * centered / (pixels * stabilized);
            float scaled = (float) (pixels * e);
            float towards = (float) -e;
            for (int i = 0; i < in; i++) {
              g[i] = rate * (g[i] - sum * inputMean[i]) - scaled * ws[i];
              ws[i] = towards * w[i];
            }
            products.put(o * in, g);
            spread.put(o * in, ws);
            gammaGradient.put(o, (float) (centered / root));
            towardsInput[o] = (float) (e * mean.get(o) - (double) rate * sum / pixels);
          }
        });
    Address.buffer(state.inputMean()).put(0, product(towardsInput, weights));
  }

  /** The row vector [O] times W, [I]. */
  private float[] product(float[] factors, FloatBuffer weights) {
    float[] product = new float[in];
    float[] w = new float[in];
    for (int o = 0; o < out; o++) {
      row(weights, o, w);
      float factor = factors[o];
      for (int i = 0; i < in; i++) {
        product[i] += factor * w[i];
      }
    }
    return product;
  }

  private static float[] row(FloatBuffer matrix, int index, float[] into) {
    matrix.get(index * into.length, into);
    return into;
  }

  /** Four sums at a time: one alone waits for each addition. */
  private static double dot(float[] a, float[] b) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      first += (double) a[i] * b[i];
      second += (double) a[i + 1] * b[i + 1];
      third += (double) a[i + 2] * b[i + 2];
      fourth += (double) a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      first += (double) a[i] * b[i];
    }
    return first + second + (third + fourth);
  }
}
