package io.earlybird.spark.run;

/** A later attempt has taken over the run directory; this driver must not commit any more. */
public final class OvertakenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OvertakenException(String message) {
    super(message);
  }
}
