package io.earlybird.pruning.policy;

import java.util.List;

/**
 * The epochs that have been trained.
 *
 * @param epochs the oldest first
 */
public record History(List<EpochRecord> epochs) {
  private static final History EMPTY = new History(List.of());

  /**
   * One trained epoch.
   *
   * @param epoch completed epochs, from 1
   * @param phase in which it was trained
   * @param learningRate of its last step
   * @param trainLoss mean loss over its samples
   * @param trainTop1 fraction in [0, 1]
   * @param validationLoss NaN if it was not evaluated
   * @param validationTop1 fraction in [0, 1]; NaN if it was not evaluated
   */
  public record EpochRecord(
      int epoch,
      Phase phase,
      double learningRate,
      double trainLoss,
      double trainTop1,
      double validationLoss,
      double validationTop1) {}

  public History {
    epochs = List.copyOf(epochs);
  }

  /** No epoch has been trained. */
  public static History empty() {
    return EMPTY;
  }
}
