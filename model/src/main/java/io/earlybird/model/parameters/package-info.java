/**
 * The values of a network: one flat array, a layout derived from the network, and sets of entries
 * held at zero.
 *
 * <p>Start with {@link io.earlybird.model.parameters.ParameterLayout}. Trainable tensors come
 * first, then running statistics, each in the order of the nodes; momentum uses the same layout.
 */
package io.earlybird.model.parameters;
