/**
 * Methods that mask weights once, before training, by what the loss says of them (specification
 * 6.2).
 *
 * <p>Start with {@link io.earlybird.pruning.saliency.SnipOptions}.
 */
package io.earlybird.pruning.saliency;
