/**
 * The run directory: identity, attempts, checkpoints, tickets and events of one run.
 *
 * <p>Start with {@link io.earlybird.spark.run.RunDirectory}. A manifest is written last and commits
 * a checkpoint; one driver at a time may commit. This package knows the state of training as data
 * and nothing of the loop or of Spark.
 */
package io.earlybird.spark.run;
