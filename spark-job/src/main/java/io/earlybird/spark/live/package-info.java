/**
 * What Spark shows of a run while it goes on: figures in its metrics system, a page in its UI.
 *
 * <p>Start with {@link io.earlybird.spark.live.LiveRun}. The page is that of the report; Spark's
 * filters and access lists hold for it, because Spark serves it. This package changes nothing in a
 * run and knows nothing of the loop.
 */
package io.earlybird.spark.live;
