/**
 * Masks, Early-Bird detection, surgery, schedules and sparsity policies. Knows nothing of data,
 * engines or Spark.
 */
package io.earlybird.pruning;
