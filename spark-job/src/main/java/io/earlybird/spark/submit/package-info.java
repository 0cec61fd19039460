/**
 * What Spark is told when a run is submitted: kind of cluster, memory, cores, environment.
 *
 * <p>Start with {@link io.earlybird.spark.submit.SubmitPlan}, which the launcher starts before the
 * run. Presets of {@code conf/spark} are joined with what network and settings ask for ({@link
 * io.earlybird.spark.submit.MemoryEstimate}, {@link io.earlybird.spark.submit.ExecutorShape}). It
 * knows settings; of training, averaging and replicas it knows nothing.
 */
package io.earlybird.spark.submit;
