/**
 * Open replicas of executors: a cache, nothing more.
 *
 * <p>Start with {@link io.earlybird.spark.replica.ReplicaPool}. A replica that is taken from the
 * pool holds values of an earlier use, so whoever takes it loads values first; emptying the pool
 * changes nothing but time. Of Spark it knows which device a task has been given; of data and
 * averaging it knows nothing.
 */
package io.earlybird.spark.replica;
