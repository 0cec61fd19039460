package io.earlybird.pruning.policy;

import java.util.List;
import java.util.OptionalInt;

/**
 * Decides between epochs what is trained next: network, values, held entries, step rule, schedule.
 *
 * <p>Driver only. Without state: everything remembered lies in {@link TrainingState}, and equal
 * arguments give equal answers to the bit.
 */
public interface Policy {
  /** Name in settings, for example {@code early-bird}. */
  String name();

  /**
   * Asked once before the first epoch and after each epoch.
   *
   * @param state as training has left it; values and momentum may be changed in place or reused in
   *     the answer, the caller must go on with the state of the answer only
   * @param history the epochs so far, the newest last
   * @param probe answers measurements on data; only few policies ask
   */
  Transition next(TrainingState state, History history, Probe probe);

  /**
   * How to train from a state that {@link #next} has answered; needs no history, so that a run
   * resumed from a checkpoint asks this instead of asking {@link #next} twice.
   */
  Plan plan(TrainingState state);

  /**
   * Number of epochs that decisions or learning rates are fitted to; empty if the run may be made
   * longer afterwards.
   */
  OptionalInt horizon();

  /** Sentences for the summary of a run that ends in this state; often none. */
  default List<String> remarks(TrainingState state) {
    return List.of();
  }
}
