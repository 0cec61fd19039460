package io.earlybird.spark.cli;

import io.earlybird.spark.run.RunRefusedException;
import io.earlybird.spark.settings.ConfigException;
import io.earlybird.spark.store.StoreException;
import java.io.IOException;
import java.util.concurrent.Callable;

/** Exit codes and the messages that go with them. */
final class ExitCodes {
  static final int DONE = 0;
  static final int FAILED = 1;

  /** Usage, settings, data or permissions: whatever {@code train --dry-run} can find. */
  static final int REFUSED = 2;

  private ExitCodes() {}

  static int of(Throwable failure) {
    boolean refused =
        failure instanceof ConfigException
            || failure instanceof RunRefusedException
            || failure instanceof RefusedException;
    return refused ? REFUSED : FAILED;
  }

  /** What to print of a failure: its message, with its kind where the message is not our own. */
  static String message(Throwable failure) {
    boolean ours =
        failure.getClass().getName().startsWith("io.earlybird.")
            || failure instanceof IllegalArgumentException;
    if (ours && failure.getMessage() != null) {
      return failure.getMessage();
    }
    String name = failure.getClass().getSimpleName();
    return failure.getMessage() == null
        ? name + " (say --verbose for the stack trace)"
        : name + ": " + failure.getMessage();
  }

  /** Does what belongs to the checks before the work: what fails there is refused. */
  static <T> T checked(Callable<T> check) {
    try {
      return check.call();
    } catch (IOException | IllegalArgumentException | StoreException e) {
      throw new RefusedException(message(e), e);
    } catch (RuntimeException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedException("Interrupted", e);
    } catch (Exception e) {
      throw new FailedException(message(e), e);
    }
  }
}
