/**
 * Sparsity policies: what the driver decides between epochs.
 *
 * <p>Start with {@link io.earlybird.pruning.policy.Policy}. A policy is asked once before the first
 * epoch and after each epoch. What must happen inside steps it says by the step rule; what must be
 * measured it asks of a {@link io.earlybird.pruning.policy.Probe}. All that it remembers lies in
 * the {@link io.earlybird.pruning.policy.TrainingState}, so that a run resumed from a checkpoint
 * goes on to the same bits. Epochs count completed epochs here; schedules take the 0-based index.
 * The package knows neither engines nor Spark. It holds the policies {@code early-bird} and {@code
 * dense}; other families have packages of their own, which see this one.
 */
package io.earlybird.pruning.policy;
