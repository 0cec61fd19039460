/**
 * Unstructured sparsity: which single weights of convolutions and linear layers are active.
 *
 * <p>Start with {@link io.earlybird.pruning.weights.PrunableWeights}. A mask is the complement of
 * {@link io.earlybird.model.parameters.HeldEntries}: what is held at zero is inactive. Positions
 * are those of the flat array of a {@link io.earlybird.model.parameters.ParameterLayout}. The
 * package knows neither policies nor schedules.
 */
package io.earlybird.pruning.weights;
