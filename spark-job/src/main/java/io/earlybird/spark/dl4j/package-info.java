/**
 * Rounds driven by dl4j-spark's own averaging: the baseline that resident replicas are measured
 * against.
 *
 * <p>Start with {@link io.earlybird.spark.dl4j.Dl4jSparkRounds}. Its average is not weighted by
 * samples, tasks combine in the order in which they end, and every task builds its graph anew: the
 * laws of averaging and the same bits do not hold here.
 */
package io.earlybird.spark.dl4j;
