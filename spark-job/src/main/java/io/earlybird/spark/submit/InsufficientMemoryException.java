package io.earlybird.spark.submit;

/** An executor has less memory than its tasks need; the message names the setting to raise. */
public final class InsufficientMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InsufficientMemoryException(String message) {
    super(message);
  }
}
