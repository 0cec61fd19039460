package io.earlybird.spark.events;

import java.time.Instant;

/** One line of {@code events.jsonl}. Epochs count completed epochs; fractions are in [0, 1]. */
public sealed interface Event
    permits EpochEvent, TicketEvent, SwitchEvent, PruneEvent, SwaEvent, SummaryEvent {
  /** When it happened. */
  Instant time();
}
