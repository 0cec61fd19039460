package io.earlybird.spark.averaging;

import java.io.Serializable;
import java.util.List;

/**
 * Running means and variances of all batch-norm channels, with the samples behind them.
 *
 * <p>They combine as a mixture does:
 *
 * <pre>
 *   m = sum_j n_j m_j / sum_j n_j
 *   v = sum_j n_j (v_j + (m_j - m)^2) / sum_j n_j
 * </pre>
 *
 * in two passes in double, so that v is never negative. This is the statistic of a mixture of the
 * replicas' batches and not of their joint batch; re-estimation before evaluation gives that.
 */
public final class Moments implements Serializable {
  private static final long serialVersionUID = 1;

  private final long samples;
  private final double[] means;
  private final double[] variances;

  /**
   * Wraps arrays without copying them.
   *
   * @param samples n_j, at least 0
   * @param means [channels of all batch norms]
   * @param variances as long as the means
   */
  public Moments(long samples, double[] means, double[] variances) {
    if (samples < 0 || means.length != variances.length) {
      throw new IllegalArgumentException(
          "Invalid moments of "
              + samples
              + " samples: "
              + means.length
              + " means, "
              + variances.length
              + " variances");
    }
    this.samples = samples;
    this.means = means;
    this.variances = variances;
  }

  /**
   * Combines moments in the order of the list; those without samples are left out.
   *
   * @throws IllegalStateException if no sample is behind any of them
   */
  public static Moments combine(List<Moments> all) {
    List<Moments> parts = all.stream().filter(part -> part.samples > 0).toList();
    int channels = parts.isEmpty() ? 0 : parts.get(0).means.length;
    WeightedMean mean = new WeightedMean(channels);
    parts.forEach(part -> mean.add(part.samples, part.means));
    double[] means = mean.toDoubles();
    WeightedMean spread = new WeightedMean(channels);
    for (Moments part : parts) {
      spread.add(part.samples, part.variancesAround(means));
    }
    return new Moments(mean.weight(), means, spread.toDoubles());
  }

  private double[] variancesAround(double[] center) {
    double[] around = new double[means.length];
    for (int i = 0; i < around.length; i++) {
      double distance = means[i] - center[i];
      around[i] = variances[i] + distance * distance;
    }
    return around;
  }

  /** Samples behind the statistics. */
  public long samples() {
    return samples;
  }

  /** Means, not a copy. */
  public double[] means() {
    return means;
  }

  /** Variances, not a copy. */
  public double[] variances() {
    return variances;
  }
}
