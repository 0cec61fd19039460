package io.earlybird.spark.averaging;

import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.ParameterLayout.Entry;
import io.earlybird.model.parameters.Parameters;
import java.util.List;

/**
 * The two parts in which the state of a replica is averaged: a flat vector that takes the weighted
 * mean (trainable parameters, then their momentum where it is averaged), and the running {@link
 * Moments}, whose means and variances belong together.
 *
 * <p>The flat vector is a way to count the values of a {@link State}: it is read and written range
 * by range, and never exists as a whole.
 */
public final class StateVector {
  private final ParameterLayout layout;
  private final MomentumTreatment momentum;
  private final int channels;

  /** The parts of a state of that layout. */
  public StateVector(ParameterLayout layout, MomentumTreatment momentum) {
    this.layout = layout;
    this.momentum = momentum;
    this.channels = layout.entries(Role.RUNNING_MEAN).stream().mapToInt(Entry::length).sum();
  }

  /** Length of the flat vector. */
  public int length() {
    return momentum == MomentumTreatment.AVERAGE
        ? Math.multiplyExact(2, layout.trainableLength())
        : layout.trainableLength();
  }

  /** Copies values [from, from + count) of the flat vector to the beginning of an array. */
  public void read(State state, int from, int count, float[] into) {
    int own = own(from, count);
    int skipped = Math.max(0, from - layout.trainableLength());
    System.arraycopy(state.parameters().values(), own == 0 ? 0 : from, into, 0, own);
    System.arraycopy(state.momentum().values(), skipped, into, own, count - own);
  }

  /** Copies the beginning of an array to values [from, from + count) of the flat vector. */
  public void write(float[] values, int count, int from, State state) {
    int own = own(from, count);
    int skipped = Math.max(0, from - layout.trainableLength());
    System.arraycopy(values, 0, state.parameters().values(), own == 0 ? 0 : from, own);
    System.arraycopy(values, own, state.momentum().values(), skipped, count - own);
  }

  /** How many of {@code count} values from there on are parameters; the others are momentum. */
  private int own(int from, int count) {
    return Math.min(count, Math.max(0, layout.trainableLength() - from));
  }

  /** The running statistics in new arrays. */
  public Moments moments(Parameters parameters, long samples) {
    return new Moments(
        samples, gather(parameters, Role.RUNNING_MEAN), gather(parameters, Role.RUNNING_VARIANCE));
  }

  /** Replaces the running statistics. */
  public void write(Moments moments, State state) {
    scatter(moments.means(), state.parameters(), Role.RUNNING_MEAN);
    scatter(moments.variances(), state.parameters(), Role.RUNNING_VARIANCE);
  }

  /** A state that holds nothing but zeros. */
  public State zeros() {
    return State.zeros(layout);
  }

  private double[] gather(Parameters parameters, Role role) {
    double[] gathered = new double[channels];
    int next = 0;
    for (Entry entry : entries(role)) {
      for (int i = entry.offset(); i < entry.end(); i++) {
        gathered[next++] = parameters.values()[i];
      }
    }
    return gathered;
  }

  private void scatter(double[] statistics, Parameters parameters, Role role) {
    int next = 0;
    for (Entry entry : entries(role)) {
      for (int i = entry.offset(); i < entry.end(); i++) {
        parameters.values()[i] = (float) statistics[next++];
      }
    }
  }

  private List<Entry> entries(Role role) {
    return layout.entries(role);
  }
}
