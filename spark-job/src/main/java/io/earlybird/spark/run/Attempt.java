package io.earlybird.spark.run;

import io.earlybird.spark.store.FileStore;
import java.util.List;

/**
 * One start of a run, while it lasts; closing it says that it has ended.
 *
 * <p>It changes the run directory through a directory of its own, {@code attempts/writer-N}, which
 * the next attempt deletes: a driver that was paused between looking for later attempts and writing
 * changes nothing when it goes on.
 */
public final class Attempt implements Fence, AutoCloseable {
  private final FileStore attempts;
  private final int number;
  private final Heartbeat heartbeat;

  Attempt(FileStore attempts, int number, Heartbeat heartbeat) {
    this.attempts = attempts;
    this.number = number;
    this.heartbeat = heartbeat;
  }

  /** Counts from 1. */
  public int number() {
    return number;
  }

  @Override
  public void requireNewest() {
    List<Integer> numbers = AttemptNames.numbers(attempts);
    int newest = numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
    if (newest > number) {
      throw new OvertakenException(
          "Stopped without committing: attempt "
              + newest
              + " has taken over "
              + attempts.uri()
              + " from this one, attempt "
              + number
              + AttemptRecord.find(attempts, newest)
                  .map(record -> " (" + record.owner() + ")")
                  .orElse(""));
    }
  }

  /**
   * Ends what earlier attempts can do.
   *
   * @throws OvertakenException if a later attempt has begun meanwhile, which may have ended this
   *     one
   */
  void takeOver() {
    attempts.directory(AttemptNames.writer(number)).writeText("attempt", number + "\n");
    requireNewest();
    // A directory that is moved away is gone at once, whatever is being written to it.
    FileStore moving = attempts.through(AttemptNames.writer(number));
    AttemptNames.writers(attempts).stream()
        .filter(earlier -> earlier < number)
        .forEach(earlier -> moving.delete(AttemptNames.writer(earlier)));
  }

  @Override
  public FileStore guard(FileStore run) {
    return run.through(RunDirectory.ATTEMPTS + "/" + AttemptNames.writer(number));
  }

  @Override
  public void close() {
    heartbeat.close();
    attempts.delete(AttemptNames.writer(number));
    attempts.writeText(AttemptNames.ended(number), "");
    attempts.delete(AttemptNames.heartbeat(number));
  }
}
