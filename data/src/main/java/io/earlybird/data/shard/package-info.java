/**
 * Shards at rest: WebDataset-compatible tar files, a sidecar index for each, one {@code index.json}
 * for all.
 *
 * <p>Start reading at {@link io.earlybird.data.shard.ShardSet}. Everything goes through Hadoop's
 * file systems. Knows nothing of pixels: a sample is bytes and a label.
 */
package io.earlybird.data.shard;
