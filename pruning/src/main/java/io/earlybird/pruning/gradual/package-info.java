/**
 * Methods that prune gradually while they train, and need no retraining (specification 6.6).
 *
 * <p>Start with {@link io.earlybird.pruning.gradual.GmpOptions}. Letters: S is the final sparsity,
 * dt the epochs between two prunings, n their number, T the epochs of the run.
 */
package io.earlybird.pruning.gradual;
