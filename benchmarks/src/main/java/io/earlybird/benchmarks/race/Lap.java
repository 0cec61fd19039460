package io.earlybird.benchmarks.race;

/**
 * One turn of a contestant.
 *
 * @param round number of the round, from 0
 * @param steps that were done
 * @param seconds of wall clock, of all steps
 * @param cpuSeconds of all threads of the process, of all steps
 */
public record Lap(int round, int steps, double seconds, double cpuSeconds) {
  /** Seconds of one step. */
  public double stepSeconds() {
    return seconds / steps;
  }
}
