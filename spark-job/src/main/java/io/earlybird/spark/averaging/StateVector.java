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

  /** The flat vector in a new array. */
  public float[] pack(Parameters parameters, Parameters velocity) {
    int trainable = layout.trainableLength();
    float[] packed = new float[length()];
    System.arraycopy(parameters.values(), 0, packed, 0, trainable);
    System.arraycopy(velocity.values(), 0, packed, trainable, packed.length - trainable);
    return packed;
  }

  /** The running statistics in new arrays. */
  public Moments moments(Parameters parameters, long samples) {
    return new Moments(
        samples, gather(parameters, Role.RUNNING_MEAN), gather(parameters, Role.RUNNING_VARIANCE));
  }

  /** Parameters, running statistics included, of an averaged state. */
  public Parameters parameters(float[] packed, Moments moments) {
    Parameters parameters = Parameters.zeros(layout);
    System.arraycopy(packed, 0, parameters.values(), 0, layout.trainableLength());
    scatter(moments.means(), parameters, Role.RUNNING_MEAN);
    scatter(moments.variances(), parameters, Role.RUNNING_VARIANCE);
    return parameters;
  }

  /** Momentum of an averaged state; zero where it is reset. */
  public Parameters momentum(float[] packed) {
    Parameters velocity = Parameters.zeros(layout);
    int trainable = layout.trainableLength();
    System.arraycopy(packed, trainable, velocity.values(), 0, packed.length - trainable);
    return velocity;
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
