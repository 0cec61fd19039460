/**
 * Open replicas of executors: a cache, nothing more.
 *
 * <p>Start with {@link io.earlybird.spark.replica.ReplicaPool}. A replica that is taken from the
 * pool holds values of an earlier use, so whoever takes it loads values first; emptying the pool
 * changes nothing but time. Knows neither Spark nor data nor averaging.
 */
package io.earlybird.spark.replica;
