package io.earlybird.benchmarks.race;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Contestants take turns, each round in another order, until the time is over and everybody has had
 * a minimum of rounds.
 *
 * @param warmUp that each contestant has before measuring, at least two steps
 * @param limit after which no further round begins
 * @param minimumRounds that are run even if they take longer
 * @param maximumRounds that are enough
 */
public record Race(Duration warmUp, Duration limit, int minimumRounds, int maximumRounds) {
  /** A turn takes about this long, where a step takes less. */
  private static final double TURN_SECONDS = 0.7;

  public Race {
    if (minimumRounds < 1 || maximumRounds < minimumRounds) {
      throw new IllegalArgumentException(
          "Invalid race of " + minimumRounds + " to " + maximumRounds + " rounds");
    }
  }

  /** Laps of each, by name, in the order of the contestants. */
  public Map<String, List<Lap>> run(Work work, List<? extends Racer> racers) {
    Map<String, List<Lap>> laps = new LinkedHashMap<>();
    Map<String, Integer> steps = new LinkedHashMap<>();
    for (Racer racer : racers) {
      laps.put(racer.name(), new ArrayList<>());
      steps.put(racer.name(), stepsOfTurn(racer, work));
    }
    long start = System.nanoTime();
    for (int round = 0; goesOn(round, start); round++) {
      for (int i = 0; i < racers.size(); i++) {
        Racer racer = racers.get((i + round) % racers.size());
        if (round < racer.rounds()) {
          laps.get(racer.name()).add(racer.turn(work, round, steps.get(racer.name())));
        }
      }
    }
    return laps;
  }

  private boolean goesOn(int round, long start) {
    return round < minimumRounds || (round < maximumRounds && !over(limit, start));
  }

  private static boolean over(Duration duration, long start) {
    return System.nanoTime() - start >= duration.toNanos();
  }

  /**
   * Warms up: shapes are seen, code is compiled, memory is touched. The last step tells how long
   * one takes.
   */
  private int stepsOfTurn(Racer racer, Work work) {
    long start = System.nanoTime();
    racer.turn(work, -1, 1);
    double step;
    do {
      step = racer.turn(work, -1, 1).stepSeconds();
    } while (!over(warmUp, start));
    return Math.max(1, (int) Math.round(TURN_SECONDS / step));
  }
}
