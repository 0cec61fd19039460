package io.earlybird.spark.cli;

import io.earlybird.spark.compare.ComparisonRefusedException;
import io.earlybird.spark.run.RunRefusedException;
import io.earlybird.spark.settings.ConfigException;
import io.earlybird.spark.store.StoreException;
import io.earlybird.spark.submit.SubmitRefusedException;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;

/** Exit codes and the messages that go with them. */
final class ExitCodes {
  static final int DONE = 0;
  static final int FAILED = 1;

  /** Usage, settings, data or permissions: whatever {@code train --dry-run} can find. */
  static final int REFUSED = 2;

  /** The end of the first line of "Job aborted due to stage failure". */
  private static final Pattern TASK_FAILURE =
      Pattern.compile("\\(TID \\d+\\) \\(.*?\\): (?<type>[\\w.$]+): (?<text>.*)");

  private ExitCodes() {}

  static int of(Throwable failure) {
    boolean refused =
        failure instanceof ConfigException
            || failure instanceof RunRefusedException
            || failure instanceof ComparisonRefusedException
            || failure instanceof RefusedException
            || failure instanceof SubmitRefusedException;
    return refused ? REFUSED : FAILED;
  }

  /** What to print of a failure: its message, with its kind where the message is not our own. */
  static String message(Throwable failure) {
    if (failure instanceof SparkException && failure.getMessage() != null) {
      return ofTask(failure.getMessage());
    }
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

  /** What a task threw, without the stack trace that Spark puts into its message. */
  private static String ofTask(String message) {
    String line = message.lines().findFirst().orElse("");
    Matcher thrown = TASK_FAILURE.matcher(line);
    if (!thrown.find()) {
      return line;
    }
    boolean ours = thrown.group("type").startsWith("io.earlybird.");
    return ours ? thrown.group("text") : thrown.group("type") + ": " + thrown.group("text");
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
