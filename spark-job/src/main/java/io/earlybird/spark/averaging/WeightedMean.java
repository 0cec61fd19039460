package io.earlybird.spark.averaging;

/**
 * Mean of vectors weighted by the samples behind them.
 *
 * <p>mean_i = sum_j n_j x_ji / sum_j n_j, accumulated in double in the order of the calls. Equal
 * float vectors are unchanged, exactly: n_j x_ji and its sums have at most 24 + 29 bits as long as
 * the samples of a round stay below 2^29. A vector without samples is left out.
 */
public final class WeightedMean {
  private final double[] sums;
  private long weight;

  /** Starts with nothing, for vectors of that length. */
  public WeightedMean(int length) {
    sums = new double[length];
  }

  /**
   * Adds a vector.
   *
   * @param samples n_j, at least 0; 0 leaves the vector out
   * @param values of the length given at construction
   */
  public void add(long samples, float[] values) {
    if (!accept(samples, values.length)) {
      return;
    }
    double factor = samples;
    for (int i = 0; i < sums.length; i++) {
      sums[i] += factor * values[i];
    }
  }

  /** As {@link #add(long, float[])}, in double precision. */
  public void add(long samples, double[] values) {
    if (!accept(samples, values.length)) {
      return;
    }
    double factor = samples;
    for (int i = 0; i < sums.length; i++) {
      sums[i] += factor * values[i];
    }
  }

  private boolean accept(long samples, int length) {
    if (length != sums.length || samples < 0) {
      throw new IllegalArgumentException(
          "Cannot average "
              + length
              + " values of "
              + samples
              + " samples into "
              + sums.length
              + " values");
    }
    weight += samples;
    return samples > 0;
  }

  /** Samples behind the mean. */
  public long weight() {
    return weight;
  }

  /** The mean, rounded to float, in a new array. */
  public float[] toFloats() {
    requireSamples();
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / weight);
    }
    return mean;
  }

  /** The mean in a new array. */
  public double[] toDoubles() {
    requireSamples();
    double[] mean = new double[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = sums[i] / weight;
    }
    return mean;
  }

  private void requireSamples() {
    if (weight == 0) {
      throw new IllegalStateException("Cannot average: no replica processed a sample");
    }
  }
}
