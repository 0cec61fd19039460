/**
 * The training of a run: epochs made of rounds, and what happens between them.
 *
 * <p>Start with {@link io.earlybird.spark.train.EpochLoop}. A run is a chain of {@link
 * io.earlybird.spark.train.Position}s, each of which is all that is needed to go on from there.
 * Everything here runs on the driver.
 */
package io.earlybird.spark.train;
