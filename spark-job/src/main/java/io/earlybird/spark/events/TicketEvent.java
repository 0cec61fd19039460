package io.earlybird.spark.events;

import java.time.Instant;
import java.util.List;

/**
 * The mask of a ratio has settled.
 *
 * @param epoch completed epochs
 * @param ratio pruning ratio
 * @param detector name of the detector
 * @param distances that it looked at, the oldest first
 */
public record TicketEvent(
    Instant time, int epoch, double ratio, String detector, List<Double> distances)
    implements Event {
  public TicketEvent {
    distances = List.copyOf(distances);
  }
}
