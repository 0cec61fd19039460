/**
 * Where replicas and evaluations get their batches on an executor.
 *
 * <p>Start with {@link io.earlybird.spark.batches.TrainingData}. What travels is a description; the
 * readers, decode threads and buffers that it leads to are shared by the tasks of a process.
 */
package io.earlybird.spark.batches;
