package io.earlybird.pruning.parity;

import java.util.LinkedHashMap;
import java.util.Map;

/** Largest difference of each tensor between a recording and the traces that follow. */
final class Distances implements Trace.Listener {
  private final Recording recording;
  private final Map<Quantity, Double> largest = new LinkedHashMap<>();

  Distances(Recording recording) {
    this.recording = recording;
  }

  @Override
  public void found(String name, int steps, String tensor, float[] values, double rounded) {
    Quantity quantity = new Quantity(name, tensor, steps);
    largest.merge(quantity, distance(quantity, recording.values(quantity), values), Math::max);
  }

  /** Infinite where one of the numbers is not finite, or is missing. */
  double of(Quantity quantity) {
    return largest.getOrDefault(quantity, Double.POSITIVE_INFINITY);
  }

  private static double distance(Quantity quantity, float[] expected, float[] found) {
    if (expected == null || expected.length != found.length) {
      throw new AssertionError("Unexpected " + quantity + " with " + found.length + " values");
    }
    double distance = 0;
    for (int i = 0; i < found.length; i++) {
      double difference = Math.abs((double) found[i] - expected[i]);
      if (!Double.isFinite(difference)) {
        return Double.POSITIVE_INFINITY;
      }
      distance = Math.max(distance, difference);
    }
    return distance;
  }
}
