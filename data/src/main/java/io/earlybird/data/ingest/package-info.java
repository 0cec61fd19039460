/**
 * Makes shards from what people have: ImageNet archives, folders, CIFAR files, a generator.
 *
 * <p>Start reading at {@link io.earlybird.data.ingest.Ingest}; each {@link
 * io.earlybird.data.ingest.IngestSource} is one kind of input.
 */
package io.earlybird.data.ingest;
