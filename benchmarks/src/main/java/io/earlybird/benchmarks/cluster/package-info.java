/**
 * Spark as benchmarks use it: set up as the launcher sets it up.
 *
 * <p>Start with {@link io.earlybird.benchmarks.cluster.SparkContexts}.
 */
package io.earlybird.benchmarks.cluster;
