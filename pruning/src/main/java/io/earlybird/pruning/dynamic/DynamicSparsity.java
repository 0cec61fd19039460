package io.earlybird.pruning.dynamic;

import io.earlybird.pruning.weights.Scope;

/**
 * What is dropped and grown, and when.
 *
 * @param start the masks at the beginning
 * @param rate fraction that is dropped
 * @param drop which are dropped
 * @param redistribution which layers grow how many
 * @param growth which are grown
 * @param everyEpochs completed epochs between two updates, at least 1
 * @param until share of the epochs after which masks stay, in (0, 1]
 * @param scope layers that may be sparse
 */
public record DynamicSparsity(
    Start start,
    DropRate rate,
    Drop drop,
    Redistribution redistribution,
    Growth growth,
    int everyEpochs,
    double until,
    Scope scope) {
  public DynamicSparsity {
    if (everyEpochs < 1 || !(until > 0 && until <= 1)) {
      throw new IllegalArgumentException(
          "Invalid mask updates every "
              + everyEpochs
              + " epochs until "
              + until
              + " of the run: must be at least 1, and in (0, 1]");
    }
  }

  /**
   * Checks the length T of a run.
   *
   * @throws IllegalArgumentException if masks would never change though the run has epochs between
   *     which they could
   */
  void requireFits(int epochs) {
    if (epochs > 1 && (everyEpochs >= epochs || everyEpochs > until * epochs)) {
      throw new IllegalArgumentException(
          ("Invalid mask updates every %d epochs until %s of a run of %d: none would take place;"
                  + " set fewer epochs between them or a later end")
              .formatted(everyEpochs, until, epochs));
    }
  }

  /** Whether masks change after that many epochs; they never do after the last. */
  boolean updatesAfter(int completed, int epochs) {
    return completed > 0
        && completed < epochs
        && completed % everyEpochs == 0
        && completed <= until * epochs;
  }

  /** p after that many epochs. */
  double rateAfter(int completed, int epochs) {
    return rate.at(completed / (until * epochs));
  }
}
