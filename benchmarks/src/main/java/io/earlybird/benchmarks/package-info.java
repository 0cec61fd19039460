/**
 * Measurements of engines, pruned networks and averaging; started by {@code benchmarks/run}.
 *
 * <p>Start with {@link io.earlybird.benchmarks.Main}. Nothing depends on this module.
 */
package io.earlybird.benchmarks;
