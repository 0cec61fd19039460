/**
 * Methods that train, cut channels once and train the smaller network (specification 6.3).
 *
 * <p>Start with {@link io.earlybird.pruning.slimming.NetworkSlimmingOptions}.
 */
package io.earlybird.pruning.slimming;
