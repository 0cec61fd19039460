package io.earlybird.model.file;

import java.io.IOException;

/** A file that breaks its format or ends early; the message says where. */
public final class MalformedFileException extends IOException {
  private static final long serialVersionUID = 1;

  MalformedFileException(String message) {
    super("Invalid safetensors file: " + message);
  }

  MalformedFileException(String message, Throwable cause) {
    super("Invalid safetensors file: " + message, cause);
  }
}
