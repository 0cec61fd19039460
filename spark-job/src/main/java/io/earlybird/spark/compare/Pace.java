package io.earlybird.spark.compare;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** How long a comparison has taken, and how long the rest will take at the same pace. */
public final class Pace {
  private final InstantSource clock;
  private final Instant start;
  private int epochsDone;
  private int epochsLeft;

  /**
   * A comparison that starts now.
   *
   * @param epochs that each of the runs will train, as far as known
   */
  public Pace(List<Integer> epochs, InstantSource clock) {
    this.clock = clock;
    this.start = clock.instant();
    this.epochsLeft = epochs.stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * A run begins, or goes on.
   *
   * @param planned epochs that were counted for it
   * @param left epochs that it has still to train
   */
  public void began(int planned, int left) {
    epochsLeft += left - planned;
  }

  /** An epoch has ended. */
  public void epochEnded() {
    epochsDone++;
    epochsLeft--;
  }

  /** A run has ended with so many of its epochs not trained; below 0 if it has trained more. */
  public void gaveUp(int epochs) {
    epochsLeft -= epochs;
  }

  /** Since the start. */
  public Duration used() {
    return Duration.between(start, clock.instant());
  }

  /** Until the end; empty before the first epoch has ended. */
  public Optional<Duration> left() {
    return epochsDone == 0
        ? Optional.empty()
        : Optional.of(used().dividedBy(epochsDone).multipliedBy(Math.max(0, epochsLeft)));
  }
}
