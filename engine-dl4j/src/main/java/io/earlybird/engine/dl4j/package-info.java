/**
 * Replicas trained by DL4J, with convolutions and batch norms handed to oneDNN. Knows nothing of
 * pruning, data or Spark.
 */
package io.earlybird.engine.dl4j;
