/**
 * Networks in the layers that DL4J comes with.
 *
 * <p>Start with {@link io.earlybird.benchmarks.stock.StockLoop}.
 */
package io.earlybird.benchmarks.stock;
