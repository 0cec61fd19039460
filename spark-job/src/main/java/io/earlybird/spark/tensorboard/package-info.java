/**
 * What happened in a run, as event files that TensorBoard reads.
 *
 * <p>Start with {@link io.earlybird.spark.tensorboard.TensorBoardListener}. Each epoch has one
 * file, which follows from the events of the run and is never changed afterwards; {@code Summaries}
 * says what is in it, {@code EventRecords} how. This package knows nothing of Spark or of the loop.
 */
package io.earlybird.spark.tensorboard;
