/**
 * One round: up to H local steps on each of R logical replicas in Spark tasks, then one average.
 *
 * <p>Start with {@link io.earlybird.spark.round.Rounds}; {@link
 * io.earlybird.spark.round.ResidentRounds} is the implementation that holds replicas open. A task
 * runs G consecutive replicas and is a pure function of the broadcast {@link
 * io.earlybird.spark.round.RoundInput} and its slice of the sample order, so that a retry gives the
 * same bits. Knows nothing of epochs beyond their number, of policies or of checkpoints.
 */
package io.earlybird.spark.round;
