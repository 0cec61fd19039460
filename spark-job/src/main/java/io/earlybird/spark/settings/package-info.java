/**
 * All settings of a run as one immutable record tree.
 *
 * <p>Start with {@link io.earlybird.spark.settings.Settings}. Values come from the command line, a
 * HOCON file and {@code reference.conf}, in this order; every problem is collected and reported at
 * once. Each setting is identity (it changes the result) or operational. This package knows nothing
 * of Spark, files or training.
 */
package io.earlybird.spark.settings;
