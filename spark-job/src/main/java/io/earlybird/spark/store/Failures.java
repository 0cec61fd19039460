package io.earlybird.spark.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/** Turns what file systems throw into messages that name the place and the remedy. */
final class Failures {
  private Failures() {}

  /**
   * A failure as the user should read it.
   *
   * @param action what was tried, for example {@code write}
   * @param place where
   */
  static StoreException of(String action, String place, IOException failure) {
    return new StoreException(message(action, place, failure), failure);
  }

  /** What a writer reads whose directory has been deleted. */
  static StoreException overtaken(String action, String place, Object writer, IOException failure) {
    return new StoreException(
        "Cannot "
            + action
            + " "
            + place
            + ": another process has taken over from this one and deleted its directory "
            + writer,
        failure);
  }

  private static String message(String action, String place, IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (unreachable(cause)) {
        return "Cannot reach "
            + place
            + ": "
            + firstLine(cause)
            + "; check host and port of the URI and that the name node or server runs";
      }
      if (forbidden(cause)) {
        return "No permission to "
            + action
            + " "
            + place
            + " as user "
            + user()
            + "; grant it or choose another directory";
      }
      if (cause instanceof FileNotFoundException || cause instanceof NoSuchFileException) {
        return "Cannot " + action + " " + place + ": no such file or directory";
      }
      if (cause instanceof UnsupportedFileSystemException) {
        return "Cannot "
            + action
            + " "
            + place
            + ": "
            + firstLine(cause)
            + "; add the jar of that file system or correct the URI";
      }
    }
    return "Cannot " + action + " " + place + ": " + firstLine(failure);
  }

  private static boolean unreachable(Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof NoRouteToHostException
        || cause instanceof UnknownHostException
        || cause instanceof SocketTimeoutException;
  }

  private static boolean forbidden(Throwable cause) {
    return cause instanceof AccessControlException
        || cause instanceof AccessDeniedException
        || (cause instanceof FileSystemException e
            && ("Operation not permitted".equals(e.getReason())
                || "Read-only file system".equals(e.getReason())));
  }

  private static String user() {
    return System.getProperty("user.name");
  }

  private static String firstLine(Throwable cause) {
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
