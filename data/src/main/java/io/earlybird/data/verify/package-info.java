/**
 * Reads everything of a data set and says what is wrong with it.
 *
 * <p>Start reading at {@link io.earlybird.data.verify.ShardVerifier}.
 */
package io.earlybird.data.verify;
