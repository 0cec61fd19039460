/**
 * The values that a run begins with: drawn, or read from a file that others have made.
 *
 * <p>Start with {@link io.earlybird.spark.initial.InitialParameters}. This package knows nothing of
 * Spark or of the loop.
 */
package io.earlybird.spark.initial;
