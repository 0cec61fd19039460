package io.earlybird.benchmarks.rounds;

import io.earlybird.model.parameters.Parameters;

/**
 * How far the mean of a round is from the mean of the same round in float32.
 *
 * @param wire form of what travels
 * @param relative root mean square of the error, divided by that of the round's change
 * @param largest error of a value, divided by the largest change of one
 */
record WireError(String wire, double relative, double largest) {
  /** The error over all trainable values. */
  static WireError of(String wire, Parameters start, Parameters exact, Parameters rounded) {
    double errors = 0;
    double changes = 0;
    double largestError = 0;
    double largestChange = 0;
    for (int i = 0; i < start.layout().trainableLength(); i++) {
      double change = (double) exact.values()[i] - start.values()[i];
      double error = (double) rounded.values()[i] - exact.values()[i];
      errors += error * error;
      changes += change * change;
      largestError = Math.max(largestError, Math.abs(error));
      largestChange = Math.max(largestChange, Math.abs(change));
    }
    return new WireError(wire, Math.sqrt(errors / changes), largestError / largestChange);
  }
}
