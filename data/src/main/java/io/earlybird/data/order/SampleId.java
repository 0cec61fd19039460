package io.earlybird.data.order;

/**
 * A sample by its place at rest.
 *
 * @param shard position in the shard index
 * @param sample position in the shard
 */
public record SampleId(int shard, int sample) {}
