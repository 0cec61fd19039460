package io.earlybird.spark.run;

import io.earlybird.spark.store.FileStore;
import java.util.List;

/** One start of a run, while it lasts; closing it says that it has ended. */
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

  @Override
  public void close() {
    heartbeat.close();
    attempts.writeText(AttemptNames.ended(number), "");
    attempts.delete(AttemptNames.heartbeat(number));
  }
}
