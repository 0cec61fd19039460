/**
 * Whole epochs on Spark: averaging of this project against dl4j-spark's.
 *
 * <p>Start with {@link io.earlybird.benchmarks.epoch.EpochCommand}.
 */
package io.earlybird.benchmarks.epoch;
