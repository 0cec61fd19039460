package io.earlybird.spark.train;

import io.earlybird.pruning.policy.PolicyEvent.TicketEmerged;
import java.util.Optional;

/** Where positions are kept. */
public interface Checkpoints {
  /** The newest position that is whole; empty for a new run. */
  Optional<Position> newest();

  /** Keeps a position, inside an epoch or between two, and shows its events. */
  void save(Position position);

  /** Shows the events of a position that is not kept. */
  void show(Position position);

  /** Keeps a ticket; once more makes no difference. */
  void save(TicketEmerged ticket);
}
