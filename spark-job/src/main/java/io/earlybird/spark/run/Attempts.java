package io.earlybird.spark.run;

import io.earlybird.spark.settings.ConfigException;
import io.earlybird.spark.store.FileStore;
import io.earlybird.spark.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sees to it that one driver at a time works in a run directory.
 *
 * <p>Each start creates the next {@code attempt-N} exclusively and keeps a heartbeat. A start that
 * finds a living attempt is refused: on the same machine the process is looked up, from another one
 * the heartbeat is watched for one interval.
 */
final class Attempts {
  static final Duration INTERVAL = Duration.ofSeconds(10);

  private final FileStore attempts;
  private final Owner self;
  private final Duration interval;
  private final InstantSource clock;
  private final Consumer<String> note;

  /**
   * Prepares to begin.
   *
   * @param attempts the directory {@code attempts/}
   * @param clock of this machine, for people to read: no two clocks are compared
   * @param note is told what takes time
   */
  Attempts(
      FileStore attempts,
      Owner self,
      Duration interval,
      InstantSource clock,
      Consumer<String> note) {
    this.attempts = attempts;
    this.self = self;
    this.interval = interval;
    this.clock = clock;
    this.note = note;
  }

  /**
   * Begins the next attempt.
   *
   * @throws RunRefusedException if another one lives
   * @throws ConfigException if the store cannot create exclusively
   * @throws OvertakenException if this process stood still so long that another one has taken over
   */
  Attempt begin() {
    while (true) {
      int newest = newest();
      if (newest > 0) {
        requireDead(newest);
      }
      int number = newest + 1;
      if (created(number)) {
        attempts.deleteLeftovers(file -> AttemptNames.earlier(file, number));
        return taken(
            new Attempt(
                attempts,
                number,
                Heartbeat.start(attempts, AttemptNames.heartbeat(number), interval, clock)));
      }
    }
  }

  private static Attempt taken(Attempt attempt) {
    try {
      attempt.takeOver();
      return attempt;
    } catch (RuntimeException e) {
      attempt.close();
      throw e;
    }
  }

  /**
   * Fails if an attempt lives; changes nothing.
   *
   * @throws RunRefusedException who and where
   */
  void requireNoneLiving() {
    int newest = newest();
    if (newest > 0) {
      requireDead(newest);
    }
  }

  private int newest() {
    List<Integer> numbers = AttemptNames.numbers(attempts);
    return numbers.isEmpty() ? 0 : numbers.get(numbers.size() - 1);
  }

  private boolean created(int number) {
    AttemptRecord record = new AttemptRecord(self, clock.instant(), interval);
    try {
      return attempts.createExclusively(AttemptNames.attempt(number), record.toBytes());
    } catch (UnsupportedOperationException e) {
      throw new ConfigException(
          List.of(
              "run.lock = on with run.directory below "
                  + attempts.uri()
                  + ": that store cannot create files exclusively; set run.lock=off and see to it"
                  + " that only one driver works in the directory"));
    }
  }

  private void requireDead(int number) {
    if (attempts.exists(AttemptNames.ended(number))) {
      return;
    }
    Optional<AttemptRecord> record = AttemptRecord.find(attempts, number);
    Optional<Owner> owner = record.map(AttemptRecord::owner);
    boolean sameMachine = owner.filter(other -> other.machine().equals(self.machine())).isPresent();
    boolean lives =
        sameMachine
            ? owner.get().running()
            : heartbeatMoves(number, record.map(AttemptRecord::interval).orElse(interval));
    if (lives) {
      throw new RunRefusedException(
          "Cannot start: attempt "
              + number
              + " is at work in "
              + attempts.uri()
              + " ("
              + owner.map(Owner::toString).orElse("unknown process")
              + record.map(r -> ", since " + r.begun()).orElse("")
              + "); wait for its end or stop it, or set another run.directory");
    }
  }

  private boolean heartbeatMoves(int number, Duration period) {
    note.accept(
        "Attempt "
            + number
            + " in "
            + attempts.uri()
            + " has not ended; watching its heartbeat for "
            + period.toSeconds()
            + " s");
    String before = heartbeat(number);
    try {
      Thread.sleep(period.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunRefusedException(
          "Cannot start: interrupted while watching attempt " + number + " in " + attempts.uri());
    }
    return !attempts.exists(AttemptNames.ended(number)) && !heartbeat(number).equals(before);
  }

  private String heartbeat(int number) {
    try {
      String name = AttemptNames.heartbeat(number);
      return attempts.exists(name) ? attempts.readText(name) : "";
    } catch (StoreException e) {
      return "";
    }
  }
}
