package io.earlybird.spark.compare;

/** A comparison directory that this start may not use; the message says why and what to do. */
public final class ComparisonRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ComparisonRefusedException(String message) {
    super(message);
  }
}
