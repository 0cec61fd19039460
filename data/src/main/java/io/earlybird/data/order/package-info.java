/**
 * The order in which an epoch visits the samples, as a function of seed, epoch, shard index,
 * streams and window alone; nothing here depends on the number of machines.
 *
 * <p>Start reading at {@link io.earlybird.data.order.SampleOrder}. Letters: D samples, R replicas,
 * B samples a step and replica. Knows neither files nor pixels.
 */
package io.earlybird.data.order;
