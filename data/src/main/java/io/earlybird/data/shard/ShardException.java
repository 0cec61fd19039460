package io.earlybird.data.shard;

import java.io.IOException;

/**
 * Shards that are missing, damaged or inconsistent; the message names the file and the remedy.
 *
 * <p>Reading again gives the same failure, so it is not worth a retry.
 */
public class ShardException extends IOException {
  private static final long serialVersionUID = 1L;

  /** A failure with its message. */
  public ShardException(String message) {
    super(message);
  }

  /** A failure with its message and cause. */
  public ShardException(String message, Throwable cause) {
    super(message, cause);
  }
}
