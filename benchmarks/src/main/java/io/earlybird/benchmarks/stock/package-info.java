/**
 * The dl4j engine against the layers that DL4J comes with.
 *
 * <p>Start with {@link io.earlybird.benchmarks.stock.EngineAgainstStock}.
 */
package io.earlybird.benchmarks.stock;
