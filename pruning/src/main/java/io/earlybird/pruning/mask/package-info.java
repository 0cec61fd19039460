/**
 * Channel masks from batch-norm scales (specification 1.2, 1.5, 1.6, 2.8).
 *
 * <p>Start with {@link io.earlybird.pruning.mask.Mask}. Letters: N is the number of batch-norm
 * channels of the network, a [N] the scores |gamma| in the order of the nodes, p the pruning ratio.
 */
package io.earlybird.pruning.mask;
