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
  final int from;

  /** First input of each output from {@code from} on. */
  final int[] first;

  /** Number of inputs of each output. */
  final int[] count;

  /** Weights, {@code taps} for each output. */
  final int[] weights;

  final int taps;

  /**
   * The weights of some outputs.
   *
   * @param from first output that is wanted
   * @param wanted number of outputs; of an image that is a thousand times as long as wide, all
   *     would be millions
   */
  ResampleKernel(int in, int out, int from, int wanted) {
    this.in = in;
    this.out = out;
    this.from = from;
    double scale = (double) in / out;
    double support = Math.max(scale, 1);
    taps = 2 * (int) Math.ceil(support) + 1;
    first = new int[wanted];
    count = new int[wanted];
    weights = new int[wanted * taps];
    double[] row = new double[taps];
    for (int x = 0; x < wanted; x++) {
      double center = (from + x + 0.5) * scale;
      int begin = Math.max(0, (int) (center - support + 0.5));
      int to = Math.min(in, (int) (center + support + 0.5));
      double sum = 0;
      for (int i = begin; i < to; i++) {
        double distance = Math.abs((i - center + 0.5) / support);
        row[i - begin] = Math.max(0, 1 - distance);
        sum += row[i - begin];
      }
      first[x] = begin;
      count[x] = to - begin;
      for (int i = 0; i < to - begin; i++) {
        weights[x * taps + i] = (int) (0.5 + row[i] / sum * (1 << PRECISION_BITS));
      }
    }
  }

  boolean fits(int newIn, int newOut, int newFrom, int newWanted) {
    return in == newIn && out == newOut && from == newFrom && first.length == newWanted;
  }
}
