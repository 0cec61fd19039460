package io.earlybird.spark.settings;

import io.earlybird.spark.settings.Section.Range;

/**
 * The update of a step (specification 0.3) and the learning rate over time.
 *
 * @param learningRate rate before any decay, reached at the end of the warm-up
 * @param momentum mu in [0, 1)
 * @param weightDecay coupled, on every trainable entry
 * @param nesterov whether the velocity looks ahead
 * @param labelSmoothing a in [0, 1)
 * @param swaStart first epoch whose values join the mean over epochs, 0-based; 0 means none
 * @param schedule how the rate changes
 */
public record OptimizerSettings(
    double learningRate,
    double momentum,
    double weightDecay,
    boolean nesterov,
    double labelSmoothing,
    int swaStart,
    ScheduleSettings schedule) {
  static OptimizerSettings read(Section optimizer) {
    return new OptimizerSettings(
        optimizer.real("learning-rate", Effect.IDENTITY, Range.POSITIVE),
        optimizer.real("momentum", Effect.IDENTITY, Range.BELOW_ONE),
        optimizer.real("weight-decay", Effect.IDENTITY, Range.NOT_NEGATIVE),
        optimizer.flag("nesterov", Effect.IDENTITY),
        optimizer.real("label-smoothing", Effect.IDENTITY, Range.BELOW_ONE),
        optimizer.integer("swa-start", Effect.IDENTITY, 0, 100_000),
        ScheduleSettings.read(optimizer));
  }
}
