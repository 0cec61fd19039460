package io.earlybird.spark.settings;

/**
 * What the run is called, where it lies and how long it is.
 *
 * @param name first part of the default run directory
 * @param directory URI, empty for the default; may hold <code>${date}</code>
 * @param seed of everything that is drawn
 * @param epochs T
 * @param lock whether attempts are kept apart by exclusive creation
 * @param livePage where Spark's UI shows the run while it goes on
 * @param tensorboard whether event files for TensorBoard are written
 */
public record RunSettings(
    String name,
    String directory,
    long seed,
    int epochs,
    boolean lock,
    LivePage livePage,
    boolean tensorboard) {
  /** Where there is a page of the run in Spark's UI. */
  public enum LivePage {
    /** Where driver and executors are on this machine. */
    LOCAL,
    ON,
    OFF
  }

  static RunSettings read(Section run, Effect ofEpochs) {
    String name = run.name("name", Effect.OPERATIONAL, "a name of letters, digits, ., _ and -");
    run.require(
        name.isEmpty() || name.matches("[A-Za-z0-9][A-Za-z0-9._-]*"),
        run.key("name") + " = " + name + ": must be a name of letters, digits, ., _ and -");
    return new RunSettings(
        name,
        run.text("directory", Effect.OPERATIONAL),
        run.number("seed", Effect.IDENTITY),
        run.integer("epochs", ofEpochs, 1, 100_000),
        run.flag("lock", Effect.OPERATIONAL),
        run.choice("live-page", Effect.OPERATIONAL, LivePage.class),
        run.flag("tensorboard", Effect.OPERATIONAL));
  }
}
