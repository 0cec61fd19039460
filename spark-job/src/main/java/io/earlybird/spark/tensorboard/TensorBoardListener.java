package io.earlybird.spark.tensorboard;

import io.earlybird.spark.events.EpochEvent;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.RunListener;
import io.earlybird.spark.run.RunDirectory;
import java.util.function.Consumer;

/**
 * Writes the event file of each epoch as it ends.
 *
 * <p>A file that cannot be written is told of once, and written later, as soon as that works; it
 * does not stop the run.
 */
public final class TensorBoardListener implements RunListener {
  private final RunDirectory run;
  private final EventFiles files;
  private final Consumer<String> note;
  private int begunAfter;
  private boolean stale = true;
  private boolean told;

  /**
   * Of the run in that directory.
   *
   * @param note is told, in a sentence, that files cannot be written
   */
  public TensorBoardListener(RunDirectory run, Consumer<String> note) {
    this.run = run;
    this.files = new EventFiles(run.tensorBoard());
    this.note = note;
  }

  @Override
  public void started(Start start) {
    begunAfter = start.completedEpochs();
    stale = true;
    refresh();
  }

  @Override
  public void happened(Event event) {
    if (event instanceof EpochEvent) {
      refresh();
    }
  }

  /** Epochs that an earlier attempt had trained, and that are trained again, go first. */
  private void refresh() {
    try {
      if (stale) {
        files.deleteAfter(begunAfter);
        stale = false;
      }
      files.writeMissing(run.record());
    } catch (RuntimeException | LinkageError e) {
      if (!told) {
        told = true;
        note.accept(
            "Cannot write the event files for TensorBoard in "
                + run.tensorBoard()
                + " ("
                + e.getMessage()
                + "): training goes on, and they will be written as soon as that works;"
                + " run.tensorboard = off writes none");
      }
    }
  }
}
