package io.earlybird.spark.round;

import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.spark.averaging.State;
import io.earlybird.spark.averaging.StateVector;

/** What changes on the wire are relative to; nothing where values travel unchanged. */
final class RoundBase {
  private final StateVector vector;
  private final State shared;
  private final boolean relative;
  private float[] values = {};

  private RoundBase(StateVector vector, State shared, boolean relative) {
    this.vector = vector;
    this.shared = shared;
    this.relative = relative;
  }

  /** That of a round. */
  static RoundBase of(RoundInput input, ParameterLayout layout) {
    boolean relative = input.averaging().wire().relative();
    return new RoundBase(input.vector(layout), input.state(layout), relative);
  }

  /**
   * Values from there on in an array that the next call uses again; empty if nothing is relative.
   */
  float[] read(int from, int count) {
    if (relative) {
      if (values.length < count) {
        values = new float[count];
      }
      vector.read(shared, from, count, values);
    }
    return values;
  }
}
