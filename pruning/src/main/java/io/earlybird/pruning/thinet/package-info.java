/**
 * ThiNet: channels are cut layer by layer, by how little the next layer misses them (specification
 * 6.4).
 *
 * <p>Start with {@link io.earlybird.pruning.thinet.ThiNetOptions}. Letters: x [M, C] are the
 * contributions of the C channels of a layer to M outputs of the next one, y [M] their sums.
 */
package io.earlybird.pruning.thinet;
