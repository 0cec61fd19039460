package io.earlybird.spark.run;

/** A run directory that this start may not use; the message says why and what to do. */
public final class RunRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RunRefusedException(String message) {
    super(message);
  }
}
