package io.earlybird.spark.run;

import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.EventJson;
import io.earlybird.spark.settings.Identity;
import io.earlybird.spark.settings.Settings;
import io.earlybird.spark.store.FileStore;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;

/**
 * Everything that one run writes: {@code config.json}, {@code events.jsonl}, {@code checkpoints/},
 * {@code tickets/}, {@code report/}, {@code tensorboard/}, {@code attempts/}.
 */
public final class RunDirectory {
  static final String ATTEMPTS = "attempts";
  static final String CHECKPOINTS = "checkpoints";
  static final String EVENTS = "events.jsonl";

  /** Name of the directory with event files for TensorBoard. */
  public static final String TENSORBOARD = "tensorboard";

  private static final String DATE = "${date}";
  private static final int FINGERPRINT_DIGITS = 8;

  /** Whether a directory that another engine or build has worked in is accepted. */
  public enum EngineChange {
    REFUSED,
    ALLOWED
  }

  private final FileStore root;
  private final Driver driver;

  /**
   * Who works in the directory.
   *
   * @param self this process
   * @param heartbeat from one to the second next
   * @param clock of this machine
   */
  record Driver(Owner self, Duration heartbeat, InstantSource clock) {}

  /** The run directory at that place, which need not exist. */
  public RunDirectory(FileStore root) {
    this(root, new Driver(Owner.self(), Attempts.INTERVAL, InstantSource.system()));
  }

  RunDirectory(FileStore root, Driver driver) {
    this.root = root;
    this.driver = driver;
  }

  /**
   * Where a run lies.
   *
   * @param today replaces <code>${date}</code>
   */
  public static String uri(Settings settings, Identity identity, LocalDate today) {
    String directory = settings.run().directory();
    return directory.isEmpty()
        ? "runs/"
            + settings.run().name()
            + "-"
            + identity.fingerprint().substring(0, FINGERPRINT_DIGITS)
        : directory.replace(DATE, today.toString());
  }

  /** URI of the directory. */
  public String uri() {
    return root.uri();
  }

  /**
   * Fails unless the directory is free, or belongs to this run; changes nothing.
   *
   * @throws RunRefusedException what differs, or who is at work in it
   */
  public void requireUsable(RunIdentity run, EngineChange engineChange, Consumer<String> note) {
    requireSame(run, engineChange);
    attempts(note).requireNoneLiving();
  }

  /**
   * Begins an attempt of this run and takes the directory into possession.
   *
   * @param note is told what takes time
   * @throws RunRefusedException if it belongs to another run or is in use
   */
  public Attempt begin(RunIdentity run, EngineChange engineChange, Consumer<String> note) {
    requireSame(run, engineChange);
    Attempt attempt = attempts(note).begin();
    try {
      guardedBy(attempt).possess(run, engineChange);
      return attempt;
    } catch (RuntimeException e) {
      attempt.close();
      throw e;
    }
  }

  /** As {@link #begin}, without a lock: whoever calls sees to it that no other driver does. */
  public Fence beginUnlocked(RunIdentity run, EngineChange engineChange) {
    possess(run, engineChange);
    return () -> {};
  }

  /** The same directory, which this driver can change until a later attempt begins. */
  public RunDirectory guardedBy(Fence fence) {
    return new RunDirectory(fence.guard(root), driver);
  }

  private void possess(RunIdentity run, EngineChange engineChange) {
    requireSame(run, engineChange);
    root.deleteLeftovers();
    root.directory(CHECKPOINTS).deleteLeftovers();
    root.writeText(ConfigFile.NAME, ConfigFile.text(run));
  }

  private Attempts attempts(Consumer<String> note) {
    return new Attempts(
        root.directory(ATTEMPTS), driver.self(), driver.heartbeat(), driver.clock(), note);
  }

  private void requireSame(RunIdentity run, EngineChange engineChange) {
    if (!root.exists(ConfigFile.NAME)) {
      return;
    }
    ConfigFile made = ConfigFile.parse(root.readText(ConfigFile.NAME));
    List<String> differences = made.differences(run.identity().values());
    if (!differences.isEmpty()) {
      throw new RunRefusedException(
          "Cannot use "
              + uri()
              + ": it was made with other settings or data: "
              + String.join("; ", differences)
              + "; set another run.directory, or undo the change");
    }
    if (run.settings().run().epochs() < made.epochs()) {
      throw new RunRefusedException(
          "Cannot use "
              + uri()
              + ": run.epochs was "
              + made.epochs()
              + ", is "
              + run.settings().run().epochs()
              + "; it may only grow");
    }
    if (engineChange == EngineChange.REFUSED && !made.engine().equals(run.engine())) {
      throw new RunRefusedException(
          "Cannot use "
              + uri()
              + ": it was trained with engine "
              + made.engine()
              + ", this is "
              + run.engine()
              + "; the bits would not be those of one engine: say --allow-engine-change to go on"
              + " all the same");
    }
  }

  /** The checkpoints, committed only while the fence holds. */
  public Checkpoints checkpoints(RunIdentity run, Fence fence) {
    return new Checkpoints(
        root.directory(CHECKPOINTS),
        new Checkpoints.Origin(run.fingerprint(), run.engine(), run.input()),
        fence,
        run.settings().checkpoint().keep());
  }

  /** The tickets, committed only while the fence holds. */
  public Tickets tickets(RunIdentity run, Fence fence) {
    return new Tickets(root.directory("tickets"), run, fence);
  }

  /** Where the report lies. */
  public FileStore report() {
    return root.directory("report");
  }

  /** Where the event files for TensorBoard lie. */
  public FileStore tensorBoard() {
    return root.directory(TENSORBOARD);
  }

  /** Whether a run has begun in it. */
  public boolean begun() {
    return root.exists(ConfigFile.NAME);
  }

  /**
   * What its newest checkpoint holds.
   *
   * @throws IllegalArgumentException if there is none, or it is damaged
   */
  public TrainedNetwork trained() {
    return CheckpointReader.trained(root);
  }

  /** What the directory tells of its run. */
  public RunRecord record() {
    return RunRecord.read(root);
  }

  /** Rewrites {@code events.jsonl}. */
  public void writeEvents(List<Event> events) {
    root.writeText(EVENTS, EventJson.lines(events));
  }
}
