/**
 * Shards, ingest, the image pipeline, the order of samples and batches. Knows nothing of pruning,
 * engines or Spark.
 */
package io.earlybird.data;
