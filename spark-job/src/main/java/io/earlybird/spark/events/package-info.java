/**
 * What a run reports: events for machines, progress for people.
 *
 * <p>Start with {@link io.earlybird.spark.events.Event}; the loop tells a {@link
 * io.earlybird.spark.events.RunListener} what happens. This package knows nothing of Spark, of the
 * loop or of how a run is stored.
 */
package io.earlybird.spark.events;
