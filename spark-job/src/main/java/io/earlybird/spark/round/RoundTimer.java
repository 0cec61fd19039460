package io.earlybird.spark.round;

import io.earlybird.spark.round.RoundMetrics.Seconds;
import java.util.List;

/** Splits the wall clock time of a round among what was done in it. */
final class RoundTimer {
  private static final double NANOS = 1e9;

  private final int slots;
  private final long sendNanos;
  private final long startNanos;

  /**
   * Starts.
   *
   * @param slots tasks that the cluster runs at a time
   * @param sendNanos time that the driver spent on the broadcast
   * @param startNanos {@link System#nanoTime} at the start of the round
   */
  RoundTimer(int slots, long sendNanos, long startNanos) {
    this.slots = slots;
    this.sendNanos = sendNanos;
    this.startNanos = startNanos;
  }

  /** Seconds until now; what tasks report is divided among the slots that were busy. */
  Seconds stop(List<TaskReport> reports) {
    double busy = Math.max(1, Math.min(slots, reports.size()));
    double compute = 0;
    double data = 0;
    double receive = 0;
    for (TaskReport report : reports) {
      compute += report.computeNanos() / busy;
      data += report.read().waitNanos() / busy;
      receive += report.broadcastNanos() / busy;
    }
    double total = System.nanoTime() - startNanos;
    double broadcast = sendNanos + receive;
    double average = Math.max(0, total - compute - data - broadcast);
    return new Seconds(
        total / NANOS, compute / NANOS, data / NANOS, broadcast / NANOS, average / NANOS);
  }
}
