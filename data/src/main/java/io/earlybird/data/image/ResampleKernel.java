package io.earlybird.data.image;

/**
 * Weights of a triangle filter that resamples one axis from {@code in} to {@code out} pixels.
 *
 * <p>Output x takes the inputs i with |i + 1/2 - (x + 1/2) in/out| < max(in/out, 1), weighted by 1
 * - distance / max(in/out, 1), normalized to sum 1: on shrinking the filter widens and averages the
 * area. The weights are rounded to multiples of 2^-22, as PIL does for 8-bit images, so that the
 * results are PIL's.
 */
final class ResampleKernel {
  /** Fractional bits of a weight: a weight times 255 fits into 31 bits. */
  static final int PRECISION_BITS = 22;

  final int in;
  final int out;

  /** First input of each output. */
  final int[] first;

  /** Number of inputs of each output. */
  final int[] count;

  /** Weights, {@code taps} for each output. */
  final int[] weights;

  final int taps;

  ResampleKernel(int in, int out) {
    this.in = in;
    this.out = out;
    double scale = (double) in / out;
    double support = Math.max(scale, 1);
    taps = 2 * (int) Math.ceil(support) + 1;
    first = new int[out];
    count = new int[out];
    weights = new int[out * taps];
    double[] row = new double[taps];
    for (int x = 0; x < out; x++) {
      double center = (x + 0.5) * scale;
      int from = Math.max(0, (int) (center - support + 0.5));
      int to = Math.min(in, (int) (center + support + 0.5));
      double sum = 0;
      for (int i = from; i < to; i++) {
        double distance = Math.abs((i - center + 0.5) / support);
        row[i - from] = Math.max(0, 1 - distance);
        sum += row[i - from];
      }
      first[x] = from;
      count[x] = to - from;
      for (int i = 0; i < to - from; i++) {
        weights[x * taps + i] = (int) (0.5 + row[i] / sum * (1 << PRECISION_BITS));
      }
    }
  }
}
