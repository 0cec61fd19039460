package io.earlybird.spark.run;

import io.earlybird.pruning.policy.History;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.spark.averaging.EpochMean;
import io.earlybird.spark.events.EpochEvent;
import io.earlybird.spark.events.Event;
import java.util.List;
import java.util.Set;

/** Everything that a run goes on from. */
public final class Checkpoint {
  private final TrainingState state;
  private final PartialEpoch partial;
  private final float[] outer;
  private final EpochMean mean;
  private final List<Event> events;
  private final Set<String> instructionSets;

  /**
   * Puts a checkpoint together without copying.
   *
   * @param state network, values, momentum, memory of the policy
   * @param partial how far the next epoch has come
   * @param outer state of the outer step, of any length; empty if it keeps none
   * @param mean of the values at the ends of epochs
   * @param events of the run so far, in order
   * @param instructionSets that executors have computed the state with
   */
  public Checkpoint(
      TrainingState state,
      PartialEpoch partial,
      float[] outer,
      EpochMean mean,
      List<Event> events,
      Set<String> instructionSets) {
    this.state = state;
    this.partial = partial;
    this.outer = outer;
    this.mean = mean;
    this.events = List.copyOf(events);
    this.instructionSets = Set.copyOf(instructionSets);
  }

  /** Network, values, momentum, memory of the policy. */
  public TrainingState state() {
    return state;
  }

  /** How far the epoch after {@code state().completedEpochs()} has come. */
  public PartialEpoch partial() {
    return partial;
  }

  /** State of the outer step, not a copy; empty if it keeps none. */
  public float[] outer() {
    return outer;
  }

  /** Mean of the values at the ends of epochs. */
  public EpochMean mean() {
    return mean;
  }

  /** Events of the run so far, in order. */
  public List<Event> events() {
    return events;
  }

  /** Instruction sets that executors have computed the state with. */
  public Set<String> instructionSets() {
    return instructionSets;
  }

  /** What policies are told of the epochs so far. */
  public History history() {
    return new History(
        events.stream()
            .filter(EpochEvent.class::isInstance)
            .map(event -> ((EpochEvent) event).record())
            .toList());
  }
}
