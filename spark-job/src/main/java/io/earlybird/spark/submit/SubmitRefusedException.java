package io.earlybird.spark.submit;

/** A run that cannot be submitted so; the message is all that the user needs. */
public final class SubmitRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * A refusal.
   *
   * @param message with values and the remedy
   */
  public SubmitRefusedException(String message) {
    super(message);
  }
}
