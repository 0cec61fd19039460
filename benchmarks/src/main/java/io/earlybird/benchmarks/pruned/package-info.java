/**
 * Networks cut by a fixed mask against the whole network: how much of the saved operations is saved
 * time.
 *
 * <p>Start with {@link io.earlybird.benchmarks.pruned.PrunedCommand}.
 */
package io.earlybird.benchmarks.pruned;
