package io.earlybird.spark.store;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A file system that does not do what is asked of it; the message names place and remedy. */
public final class StoreException extends UncheckedIOException {
  private static final long serialVersionUID = 1;

  StoreException(String message, IOException cause) {
    super(message, cause);
  }
}
