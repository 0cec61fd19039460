package io.earlybird.data.image;

/** Bytes that are no image, or none that can be decoded; the message says why. */
public class UndecodableImageException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A failure with its message. */
  public UndecodableImageException(String message) {
    super(message);
  }

  /** A failure with its message and cause. */
  public UndecodableImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
