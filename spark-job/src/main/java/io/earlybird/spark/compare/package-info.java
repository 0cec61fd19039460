/**
 * The comparison of policies: figures of finished runs, means and deviations over seeds, and what
 * they are written as; the published tables beside them.
 *
 * <p>Start with {@link io.earlybird.spark.compare.Comparison}. Everything follows from events and
 * last states of runs; this package starts none and knows nothing of Spark.
 */
package io.earlybird.spark.compare;
