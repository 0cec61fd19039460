/**
 * Questions that a distributed job answers without training: how good a state is, what its batch
 * norms see, what a policy wants to measure, what is on an image.
 *
 * <p>Start with {@link io.earlybird.spark.evaluation.Evaluation}. The number of tasks and the
 * batches are functions of the data alone, so that answers have the same bits on any cluster.
 */
package io.earlybird.spark.evaluation;
