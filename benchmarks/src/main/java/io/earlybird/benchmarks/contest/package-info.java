/**
 * What is measured: contestants that train the same network from the same values on the same batch.
 *
 * <p>Start with {@link io.earlybird.benchmarks.contest.Contestant}. Nothing here measures time.
 */
package io.earlybird.benchmarks.contest;
