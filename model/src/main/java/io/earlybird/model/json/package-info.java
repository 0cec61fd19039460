/**
 * How JSON is read: strictly, and within limits, because every file may come from a stranger.
 *
 * <p>Start with {@link io.earlybird.model.json.StrictJson}. The package knows nothing of what the
 * documents mean.
 */
package io.earlybird.model.json;
