package io.earlybird.spark.events;

import java.time.Instant;

/**
 * The mean of the values at the ends of epochs has been evaluated.
 *
 * @param epoch completed epochs
 * @param epochs that are in the mean
 * @param validationLoss of the mean
 * @param validationTop1 of the mean
 */
public record SwaEvent(
    Instant time, int epoch, int epochs, double validationLoss, double validationTop1)
    implements Event {}
