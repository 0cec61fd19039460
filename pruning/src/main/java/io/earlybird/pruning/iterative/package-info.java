/**
 * Methods that train a dense network, mask its smallest weights and train on, once or in cycles:
 * iterative magnitude pruning, its budgeted form, and lottery tickets (specification 3.3 to 3.5,
 * 6.1).
 *
 * <p>Start with {@link io.earlybird.pruning.iterative.IterativePruning}. Letters: S is the final
 * sparsity, J the number of cycles, q the fraction of the active weights that a cycle removes, T
 * the epochs of the dense training, R_c those of the retraining after cycle c.
 */
package io.earlybird.pruning.iterative;
