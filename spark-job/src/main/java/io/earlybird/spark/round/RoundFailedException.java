package io.earlybird.spark.round;

/** A round that would fail again if it were repeated; the state before it still stands. */
public final class RoundFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a message that names epoch, round and replica. */
  public RoundFailedException(String message) {
    super(message);
  }
}
