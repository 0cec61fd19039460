package io.earlybird.spark.cli;

/** Work that began and failed; the message is all that the user needs. */
final class FailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
