package io.earlybird.spark.train;

import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.policy.History;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.spark.averaging.EpochMean;
import io.earlybird.spark.averaging.FloatVector;
import io.earlybird.spark.events.EpochEvent;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.SummaryEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a run stands: all that is needed to go on to the same bits.
 *
 * @param state network, values, momentum, memory of the policy; values are those after the last
 *     round, inside an epoch too
 * @param progress of the epoch that is being trained
 * @param outer state u of the outer step, for the trainable values; empty if it keeps none or has
 *     not begun
 * @param mean of the values at the ends of epochs
 * @param events everything that has happened, in order
 * @param instructionSets that executors have computed the values with, since the first round
 */
public record Position(
    TrainingState state,
    EpochProgress progress,
    FloatVector outer,
    EpochMean mean,
    List<Event> events,
    Set<String> instructionSets) {
  public Position {
    events = List.copyOf(events);
    instructionSets = Set.copyOf(instructionSets);
  }

  /**
   * A place in a run.
   *
   * @param epochs that are complete
   * @param round of the next epoch, 0 before its first
   */
  record Mark(int epochs, int round) {
    /** Whether a round has ended. */
    boolean begun() {
      return epochs > 0 || round > 0;
    }
  }

  /** Before the first epoch. */
  static Position first(TrainingState state, List<Event> events) {
    return new Position(
        state,
        EpochProgress.none(),
        new FloatVector(new float[0]),
        EpochMean.none(),
        events,
        Set.of());
  }

  /**
   * Between epochs, where the policy has decided what to go on with. The outer step begins anew
   * with another network, and forgets entries that are held at zero, so that it leaves them there.
   * The mean over epochs begins anew with another network or other held entries.
   */
  Position moved(TrainingState next) {
    boolean sameNetwork = next.generation() == state.generation();
    FloatVector kept = sameNetwork ? forgetting(next.held()) : new FloatVector(new float[0]);
    EpochMean sameValues =
        sameNetwork && next.held().equals(state.held()) ? mean : EpochMean.none();
    return new Position(next, EpochProgress.none(), kept, sameValues, events, instructionSets);
  }

  /** With another mean over epochs. */
  Position averaging(EpochMean newMean) {
    return new Position(state, progress, outer, newMean, events, instructionSets);
  }

  private FloatVector forgetting(HeldEntries held) {
    if (outer.values().length == 0 || held.isEmpty()) {
      return outer;
    }
    float[] kept = outer.values().clone();
    held.zero(kept);
    return new FloatVector(kept);
  }

  /** With more events. */
  Position telling(List<Event> newest) {
    List<Event> all = new ArrayList<>(events);
    all.addAll(newest);
    return new Position(state, progress, outer, mean, all, instructionSets);
  }

  /** Without the summary of a run that has been made longer since. */
  Position goingOn() {
    List<Event> kept = events.stream().filter(event -> !(event instanceof SummaryEvent)).toList();
    return new Position(state, progress, outer, mean, kept, instructionSets);
  }

  /** How far the run has come; the values follow from that. */
  Mark mark() {
    return new Mark(state.completedEpochs(), progress.round());
  }

  /** After one more round. */
  Position advanced(
      Parameters parameters, Parameters momentum, FloatVector newOuter, EpochProgress newProgress) {
    TrainingState moved =
        new TrainingState(
            state.completedEpochs(),
            state.generation(),
            state.phase(),
            state.network(),
            parameters,
            momentum,
            state.memory(),
            state.held());
    Set<String> seen = new HashSet<>(instructionSets);
    seen.addAll(newProgress.metrics().instructionSets());
    return new Position(moved, newProgress, newOuter, mean, events, seen);
  }

  /** The epochs so far, as policies want to know them. */
  History history() {
    return new History(epochs().stream().map(EpochEvent::record).toList());
  }

  /** The epochs so far. */
  List<EpochEvent> epochs() {
    return events.stream()
        .filter(EpochEvent.class::isInstance)
        .map(EpochEvent.class::cast)
        .toList();
  }
}
