package io.earlybird.spark.compare;

import java.util.List;

/**
 * An entry of a comparison: its settings' name, and its figures over the seeds.
 *
 * @param entry name
 * @param policy of all its runs
 * @param runs that are finished
 * @param expected number of runs that the comparison has of it
 * @param measuredSpeedUp of training: after a cut against before it, else against the dense network
 *     of the baseline
 */
public record Row(
    String entry, String policy, List<RunFigures> runs, int expected, Spread measuredSpeedUp) {
  public Row {
    runs = List.copyOf(runs);
  }

  Spread top1() {
    return Spread.of(runs, RunFigures::top1);
  }

  Spread swaTop1() {
    return Spread.of(runs, RunFigures::swaTop1);
  }

  Spread trainingFlops() {
    return Spread.of(runs, RunFigures::trainingFlops);
  }

  Spread modelledJoule() {
    return Spread.of(runs, RunFigures::modelledJoule);
  }

  Spread seconds() {
    return Spread.of(runs, RunFigures::seconds);
  }

  Spread sparsity() {
    return Spread.of(runs, RunFigures::sparsity);
  }

  Spread theoreticalSpeedUp() {
    return Spread.of(runs, RunFigures::theoreticalSpeedUp);
  }

  Spread drop() {
    return Spread.of(runs, RunFigures::drop);
  }

  Spread epochs() {
    return Spread.of(runs, RunFigures::epochs);
  }

  Spread prunedAfter() {
    return Spread.of(runs, RunFigures::prunedAfter);
  }
}
