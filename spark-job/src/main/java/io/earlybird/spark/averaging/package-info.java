/**
 * How the results of replicas become one state: weighted means, the law of running variances, the
 * outer step, the number of local steps, slices and their form on the wire.
 *
 * <p>Start with {@link io.earlybird.spark.averaging.WeightedMean} and {@link
 * io.earlybird.spark.averaging.Moments}. Knows neither Spark nor engines nor data: everything here
 * is arithmetic on primitive arrays. n_j is the number of samples that replica j processed in a
 * round; the results of tasks combine by the same law as the results of replicas.
 */
package io.earlybird.spark.averaging;
