package io.earlybird.spark.averaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Mean of the states of the replicas of one task, computed range by range when it is asked for.
 *
 * <p>mean_i = sum_j n_j x_ji / sum_j n_j, summed in double in the order of replicas. Up to four
 * states are kept as they are until the mean is read, and one alone is passed on without summing
 * anything. Of more replicas two are kept, and each third has them added to sums first: two states
 * and the sums take no more memory than four states.
 */
public final class ReplicaMean {
  private static final int MOST_KEPT = 4;
  private static final int KEPT_BESIDE_SUMS = 2;
  private static final int BLOCK = 1 << 12;

  private final StateVector vector;
  private final List<State> states = new ArrayList<>();
  private final long[] samples;
  private final List<Moments> moments = new ArrayList<>();
  private final float[] values = new float[BLOCK];
  private final double[] block = new double[BLOCK];
  private double[] sums = {};
  private int kept;
  private long weight;

  /**
   * Of no replica yet.
   *
   * @param replicas that will be added at most
   */
  public ReplicaMean(StateVector vector, int replicas) {
    this.vector = vector;
    this.samples = new long[replicas <= MOST_KEPT ? replicas : KEPT_BESIDE_SUMS];
  }

  /** Where the state of the next replica is to be put; it may hold any values before. */
  public State next() {
    if (kept == samples.length) {
      sumUp();
    }
    if (states.size() == kept) {
      states.add(vector.zeros());
    }
    return states.get(kept);
  }

  /**
   * Adds the state that {@link #next} has answered; it must not be changed afterwards.
   *
   * @param count samples that the replica processed, at least 1
   */
  public void add(long count) {
    if (count < 1) {
      throw new IllegalArgumentException("Cannot add a replica that processed no sample");
    }
    moments.add(vector.moments(states.get(kept).parameters(), count));
    samples[kept++] = count;
    weight += count;
  }

  /** Whether no replica was added. */
  public boolean isEmpty() {
    return moments.isEmpty();
  }

  /**
   * The weighted mean of a part of the flat vectors.
   *
   * @param from index of the first value
   * @param count values
   * @param into receives them from index 0 on
   */
  public void read(int from, int count, float[] into) {
    if (moments.size() == 1) {
      vector.read(states.get(0), from, count, into);
      return;
    }
    for (int done = 0; done < count; done += BLOCK) {
      int part = Math.min(BLOCK, count - done);
      sum(from + done, part);
      for (int i = 0; i < part; i++) {
        into[done + i] = (float) (block[i] / weight);
      }
    }
  }

  /** Running statistics of all replicas together. */
  public Moments moments() {
    return Moments.combine(moments);
  }

  private void sumUp() {
    if (sums.length == 0) {
      sums = new double[vector.length()];
    }
    for (int from = 0; from < sums.length; from += BLOCK) {
      int count = Math.min(BLOCK, sums.length - from);
      sum(from, count);
      System.arraycopy(block, 0, sums, from, count);
    }
    kept = 0;
  }

  /** Leaves the sums of a range in the block. */
  private void sum(int from, int count) {
    if (sums.length > 0) {
      System.arraycopy(sums, from, block, 0, count);
    } else {
      Arrays.fill(block, 0, count, 0);
    }
    for (int k = 0; k < kept; k++) {
      vector.read(states.get(k), from, count, values);
      add((double) samples[k], count);
    }
  }

  private void add(double factor, int count) {
    for (int i = 0; i < count; i++) {
      block[i] += factor * values[i];
    }
  }
}
