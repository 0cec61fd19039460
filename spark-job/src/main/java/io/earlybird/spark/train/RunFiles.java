package io.earlybird.spark.train;

import io.earlybird.pruning.policy.PolicyEvent.TicketEmerged;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.schedule.Schedule;
import io.earlybird.spark.events.Event;
import java.util.List;
import java.util.Optional;

/** What a run keeps. */
public interface RunFiles {
  /** The newest position that is whole; empty for a new run. */
  Optional<Position> newest();

  /**
   * Writes a position, which does not count before it is committed.
   *
   * @param schedule learning rates of the next steps
   */
  Prepared prepare(Position position, Schedule schedule);

  /** Shows events to machines, in place of those that were shown before. */
  void show(List<Event> events);

  /**
   * Keeps a ticket; once more makes no difference.
   *
   * @param generation that its network would have
   */
  void keep(TicketEmerged ticket, int generation);

  /**
   * Keeps the mean over epochs as a network of its own, in place of the one before.
   *
   * @param epochs that are in it
   */
  void keepMean(TrainingState averaged, int epochs);

  /** A position that is written. */
  @FunctionalInterface
  interface Prepared {
    /**
     * Makes it count.
     *
     * @param events of the run up to this position
     */
    void commit(List<Event> events);
  }
}
