package io.earlybird.spark.averaging;

import java.util.ArrayList;
import java.util.List;

/**
 * Mean of the states of the replicas of one task, in the form of {@link StateVector}. A task with
 * one replica passes its state on without summing anything.
 */
public final class ReplicaMean {
  private final List<Moments> moments = new ArrayList<>();
  private float[] only = {};
  private WeightedMean sum = new WeightedMean(0);

  /**
   * Adds a replica that processed samples; in the order of replicas.
   *
   * @param packed flat vector; kept, so it must not be changed afterwards
   * @param statistics running statistics, with the samples behind them, at least 1
   */
  public void add(float[] packed, Moments statistics) {
    moments.add(statistics);
    if (moments.size() == 1) {
      only = packed;
      return;
    }
    if (moments.size() == 2) {
      sum = new WeightedMean(packed.length);
      sum.add(moments.get(0).samples(), only);
      only = new float[0];
    }
    sum.add(statistics.samples(), packed);
  }

  /** Whether no replica was added. */
  public boolean isEmpty() {
    return moments.isEmpty();
  }

  /** Weighted mean of the flat vectors. */
  public float[] values() {
    return moments.size() == 1 ? only : sum.toFloats();
  }

  /** Running statistics of all replicas together. */
  public Moments moments() {
    return Moments.combine(moments);
  }
}
