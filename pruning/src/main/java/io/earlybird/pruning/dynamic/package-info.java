/**
 * Sparse learning from scratch: a fixed number of active weights, of which the smallest are dropped
 * between epochs and as many others grown (specification 4).
 *
 * <p>Start with {@link io.earlybird.pruning.dynamic.DynamicSparsityPolicy}. Letters: L is the
 * number of layers, p the fraction of a layer's active weights that is dropped, R the number of
 * weights dropped in all layers, v the momentum, B* the number of weights that are meant to be
 * active.
 */
package io.earlybird.pruning.dynamic;
