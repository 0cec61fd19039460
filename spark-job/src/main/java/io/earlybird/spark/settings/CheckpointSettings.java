package io.earlybird.spark.settings;

/**
 * How often the state is saved.
 *
 * @param everyEpochs completed epochs between checkpoints; the last epoch is always saved
 * @param everyMinutes between checkpoints inside an epoch; 0 for none
 * @param keep newest checkpoints that are kept
 */
public record CheckpointSettings(int everyEpochs, int everyMinutes, int keep) {
  static CheckpointSettings read(Section checkpoint) {
    return new CheckpointSettings(
        checkpoint.integer("every-epochs", Effect.OPERATIONAL, 1, 100_000),
        checkpoint.integer("every-minutes", Effect.OPERATIONAL, 0, 100_000),
        checkpoint.integer("keep", Effect.OPERATIONAL, 1, 100_000));
  }
}
