package io.earlybird.spark.settings;

import io.earlybird.spark.settings.Section.Range;
import java.time.Duration;

/**
 * How often the state is saved.
 *
 * @param everyEpochs completed epochs between checkpoints; the last epoch is always saved
 * @param everyMinutes between checkpoints inside an epoch; 0 for none
 * @param keep newest checkpoints that are kept
 */
public record CheckpointSettings(int everyEpochs, double everyMinutes, int keep) {
  static CheckpointSettings read(Section checkpoint) {
    return new CheckpointSettings(
        checkpoint.integer("every-epochs", Effect.OPERATIONAL, 1, 100_000),
        checkpoint.real("every-minutes", Effect.OPERATIONAL, Range.NOT_NEGATIVE),
        checkpoint.integer("keep", Effect.OPERATIONAL, 1, 100_000));
  }

  /** Time between checkpoints inside an epoch; zero for none. */
  public Duration insideEpoch() {
    return Duration.ofMillis(Math.round(everyMinutes * 60_000));
  }
}
