package io.earlybird.model.quantization;

/**
 * The quantizers of WAGE: fixed point for weights, activations, gradients and errors (Wu et al.
 * 2018, arXiv 1802.04680, sections 3.2 and 3.3; specification 5.4).
 *
 * <p>Functions alone: WAGE's networks have no batch norm and its loss is the sum of squared errors,
 * so that it is no precision of the networks of this project.
 */
public final class Wage {
  private Wage() {}

  /**
   * sigma(k) = 2^(1 - k), the distance of neighboring values.
   *
   * @param bits k, at least 2
   */
  public static double resolution(int bits) {
    if (bits < 2 || bits > 31) {
      throw new IllegalArgumentException("Invalid bits " + bits + ": must be in [2, 31]");
    }
    return Math.scalb(1.0, 1 - bits);
  }

  /** Q(x, k) = clip(sigma * round(x / sigma), -1 + sigma, 1 - sigma), halves up. */
  public static double quantize(double x, int bits) {
    double sigma = resolution(bits);
    return clip(sigma * Math.floor(x / sigma + 0.5), 1 - sigma);
  }

  /**
   * Shift(x) = 2^round(log2 x), the nearest power of two in the logarithm.
   *
   * @param x above 0
   */
  public static double shift(double x) {
    if (!(x > 0) || !Double.isFinite(x)) {
      throw new IllegalArgumentException("Invalid scale " + x + ": must be above 0 and finite");
    }
    return Math.scalb(1.0, (int) Math.floor(Math.log(x) / Math.log(2) + 0.5));
  }

  /**
   * L = max(sqrt(6 / n), 1.5 * sigma(k)): weights are drawn uniformly from [-L, L].
   *
   * @param inputs n, values that one output reads
   * @param bits k of weights
   */
  public static double initialBound(int inputs, int bits) {
    return Math.max(fanInBound(inputs), leastBound(bits));
  }

  /**
   * alpha = max(Shift(1.5 * sigma(k) / sqrt(6 / n)), 1): the outputs of the layer are divided by
   * it.
   *
   * @param inputs n, values that one output reads
   * @param bits k of weights
   */
  public static double layerScale(int inputs, int bits) {
    return Math.max(shift(leastBound(bits) / fanInBound(inputs)), 1);
  }

  private static double fanInBound(int inputs) {
    return Math.sqrt(6.0 / inputs);
  }

  private static double leastBound(int bits) {
    return 1.5 * resolution(bits);
  }

  /** a_q = Q(a / alpha, k). */
  public static double activation(double a, double layerScale, int bits) {
    return quantize(a / layerScale, bits);
  }

  /**
   * e_q = Q(e / Shift(max |e|), k), in place; errors that are all zero stay so.
   *
   * @param errors of one layer
   */
  public static void errors(double[] errors, int bits) {
    double largest = largest(errors);
    if (largest > 0) {
      double scale = shift(largest);
      for (int i = 0; i < errors.length; i++) {
        errors[i] = quantize(errors[i] / scale, bits);
      }
    }
  }

  /**
   * One update in place: with g' = eta * g / Shift(max |g|), dW = sigma(k) * sign(g') * floor(|g'|
   * + r); w = clip(w - dW, -1 + sigma(k), 1 - sigma(k)).
   *
   * @param weights of one layer
   * @param gradients g, of the same length
   * @param learningRate eta, a power of two
   * @param bits k of gradients
   * @param rounding gives r by the index of the weight; stochastic in the paper
   */
  public static void update(
      double[] weights, double[] gradients, double learningRate, int bits, Rounding rounding) {
    double largest = largest(gradients);
    double sigma = resolution(bits);
    double scale = largest > 0 ? learningRate / shift(largest) : 0;
    for (int i = 0; i < weights.length; i++) {
      double scaled = gradients[i] * scale;
      double steps = Math.signum(scaled) * Math.floor(Math.abs(scaled) + rounding.offset(i));
      weights[i] = clip(weights[i] - sigma * steps, 1 - sigma);
    }
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static double clip(double x, double bound) {
    return Math.max(-bound, Math.min(bound, x));
  }
}
