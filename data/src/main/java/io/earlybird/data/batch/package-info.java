/**
 * Batches for replicas: shards read in the order of an epoch, decoded ahead in a bounded pool.
 *
 * <p>Start reading at {@link io.earlybird.data.batch.BatchSource}. Letters: N images in a batch, S
 * their side, R replicas, B images a step and replica.
 */
package io.earlybird.data.batch;
