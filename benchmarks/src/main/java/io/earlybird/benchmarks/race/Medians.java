package io.earlybird.benchmarks.race;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Statistics of laps that do not mind a few disturbed ones. */
public final class Medians {
  private Medians() {}

  /**
   * The median; of an even number of values the mean of the two in the middle.
   *
   * @throws IllegalArgumentException if there are no values
   */
  public static double of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("Cannot take the median of no values");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Median of the seconds of a step. */
  public static double stepSeconds(List<Lap> laps) {
    return of(laps.stream().mapToDouble(Lap::stepSeconds).toArray());
  }

  /** Mean CPU seconds of a step, over all laps. */
  public static double stepCpuSeconds(List<Lap> laps) {
    double cpu = laps.stream().mapToDouble(Lap::cpuSeconds).sum();
    return cpu / laps.stream().mapToInt(Lap::steps).sum();
  }

  /**
   * How many times as fast {@code laps} are as {@code others}, round by round: one ratio for each
   * round in which both took part.
   */
  public static double[] speedUps(List<Lap> laps, List<Lap> others) {
    Map<Integer, Double> seconds = new TreeMap<>();
    others.forEach(lap -> seconds.put(lap.round(), lap.stepSeconds()));
    return laps.stream()
        .filter(lap -> seconds.containsKey(lap.round()))
        .mapToDouble(lap -> seconds.get(lap.round()) / lap.stepSeconds())
        .toArray();
  }
}
