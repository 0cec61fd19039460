/**
 * The engines against libtorch's own loop and stock DL4J layers: speed, CPU time and memory.
 *
 * <p>Start with {@link io.earlybird.benchmarks.engines.EnginesCommand}.
 */
package io.earlybird.benchmarks.engines;
