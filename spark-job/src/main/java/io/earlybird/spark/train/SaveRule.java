package io.earlybird.spark.train;

import io.earlybird.pruning.policy.PolicyEvent.TicketEmerged;
import java.time.Duration;

/** When positions are kept: after every so many epochs, and inside an epoch after a while. */
final class SaveRule {
  private final Checkpoints checkpoints;
  private final int everyEpochs;
  private final Duration inside;
  private long lastNanos = System.nanoTime();
  private Position saved;

  /**
   * A rule.
   *
   * @param everyEpochs completed epochs between checkpoints
   * @param inside time between checkpoints inside an epoch; zero for none
   */
  SaveRule(Checkpoints checkpoints, int everyEpochs, Duration inside) {
    this.checkpoints = checkpoints;
    this.everyEpochs = everyEpochs;
    this.inside = inside;
  }

  boolean dueInsideEpoch() {
    return !inside.isZero() && System.nanoTime() - lastNanos >= inside.toNanos();
  }

  boolean dueAfterEpoch(int completedEpochs) {
    return completedEpochs % everyEpochs == 0;
  }

  /** Keeps a position, unless it is the one that was kept last. */
  Position save(Position position) {
    if (position != saved) {
      checkpoints.save(position);
      saved = position;
    }
    lastNanos = System.nanoTime();
    return position;
  }

  void show(Position position) {
    checkpoints.show(position);
  }

  void ticket(TicketEmerged ticket) {
    checkpoints.save(ticket);
  }
}
