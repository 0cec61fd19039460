/**
 * Methods that train towards weights which pruning hardly changes, and prune once, after the last
 * epoch, without retraining (specification 6.7 to 6.14).
 *
 * <p>Start with {@link io.earlybird.pruning.stable.StableOptions}: a method is a {@link
 * io.earlybird.model.reparametrization.Reparametrization} of every step, everything else is shared.
 * Letters: S is the final sparsity, N the number of prunable weights, T the epochs of the run.
 */
package io.earlybird.pruning.stable;
