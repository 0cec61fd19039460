package io.earlybird.spark.train;

import java.time.Duration;

/** When positions are kept: after every so many epochs, and inside an epoch after a while. */
final class SaveRule {
  private final int everyEpochs;
  private final Duration inside;
  private long lastNanos = System.nanoTime();

  /**
   * A rule.
   *
   * @param everyEpochs completed epochs between checkpoints
   * @param inside time between checkpoints inside an epoch; zero for none
   */
  SaveRule(int everyEpochs, Duration inside) {
    this.everyEpochs = everyEpochs;
    this.inside = inside;
  }

  boolean dueInsideEpoch() {
    return !inside.isZero() && System.nanoTime() - lastNanos >= inside.toNanos();
  }

  boolean dueAfterEpoch(int completedEpochs) {
    return completedEpochs % everyEpochs == 0;
  }

  /** A position has been kept. */
  void saved() {
    lastNanos = System.nanoTime();
  }
}
