package io.earlybird.spark.averaging;

import io.earlybird.model.parameters.Parameters;
import java.util.Arrays;

/**
 * Mean of the trainable values at the ends of epochs, in float32 whatever the precision of the
 * training: stochastic weight averaging (Izmailov et al. 2018, arXiv 1803.05407; of values of few
 * bits, Yang et al. 2019, arXiv 1904.11943; specification 5.3).
 *
 * <p>W_mean &lt;- W_mean * (1 - 1 / (n + 1)) + W / (n + 1) after the n-th.
 *
 * @param epochs n that are in it
 * @param values in the layout of the network, without running statistics; empty if n is 0
 */
public record EpochMean(int epochs, FloatVector values) {
  private static final EpochMean NONE = new EpochMean(0, new FloatVector(new float[0]));

  /** No epoch is in it. */
  public static EpochMean none() {
    return NONE;
  }

  /** The mean with the values of one more epoch, in a new array. */
  public EpochMean plus(Parameters parameters) {
    int length = parameters.layout().trainableLength();
    if (epochs == 0) {
      return new EpochMean(1, new FloatVector(Arrays.copyOf(parameters.values(), length)));
    }
    requireFits(parameters);
    double share = 1.0 / (epochs + 1);
    float[] mean = new float[length];
    for (int i = 0; i < length; i++) {
      mean[i] = (float) (values.values()[i] * (1 - share) + parameters.values()[i] * share);
    }
    return new EpochMean(epochs + 1, new FloatVector(mean));
  }

  /** A copy of the parameters with the mean in place of the trainable values. */
  public Parameters in(Parameters parameters) {
    requireFits(parameters);
    Parameters averaged = parameters.copy();
    System.arraycopy(values.values(), 0, averaged.values(), 0, values.values().length);
    return averaged;
  }

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException if the mean is that of another network
   */
  public void requireFits(Parameters parameters) {
    int length = parameters.layout().trainableLength();
    if (values.values().length != length) {
      throw new IllegalArgumentException(
          "Cannot average "
              + length
              + " values over epochs: the mean has "
              + values.values().length);
    }
  }
}
