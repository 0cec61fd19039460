package io.earlybird.spark.cli;

import io.earlybird.spark.compare.Pace;
import io.earlybird.spark.events.Durations;
import io.earlybird.spark.events.EpochEvent;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.RunListener;
import io.earlybird.spark.events.SummaryEvent;
import java.io.PrintWriter;
import java.util.Locale;

/** Progress of one run of a comparison: a line when it begins, now and then, and when it ends. */
final class ComparisonProgress implements RunListener {
  private static final long SECONDS_BETWEEN_LINES = 30;

  private final String title;
  private final int planned;
  private final Pace pace;
  private final PrintWriter out;
  private int left;
  private long lastLine;

  /**
   * Progress of a run.
   *
   * @param title of the run, for people
   * @param planned epochs that the pace counts for it
   */
  ComparisonProgress(String title, int planned, Pace pace, PrintWriter out) {
    this.title = title;
    this.planned = planned;
    this.left = planned;
    this.pace = pace;
    this.out = out;
  }

  @Override
  public void started(Start start) {
    left = start.epochs() - start.completedEpochs();
    pace.began(planned, left);
    line(
        start.completedEpochs() == 0
            ? start.epochs() + " epochs"
            : "going on after epoch " + start.completedEpochs() + " of " + start.epochs());
  }

  @Override
  public void happened(Event event) {
    if (event instanceof EpochEvent epoch) {
      boolean first = pace.left().isEmpty();
      left--;
      pace.epochEnded();
      if (first || pace.used().toSeconds() - lastLine >= SECONDS_BETWEEN_LINES) {
        line(
            String.format(
                Locale.ROOT,
                "epoch %d, top-1 %.2f %%%s",
                epoch.epoch(),
                100 * epoch.validationTop1(),
                time()));
      }
    } else if (event instanceof SummaryEvent summary) {
      gaveUp();
      line(
          String.format(
              Locale.ROOT,
              "top-1 %.2f %%, %.3g training FLOPs, %s%s",
              100 * summary.finalTop1(),
              (double) summary.trainingPaperFlops(),
              Durations.of(summary.seconds()),
              time()));
    }
  }

  @Override
  public void noted(String sentence) {
    line(sentence);
  }

  /** The run will train no more epochs, whatever was planned. */
  void gaveUp() {
    pace.gaveUp(left);
    left = 0;
  }

  private String time() {
    return pace.left()
        .map(
            rest ->
                " (" + Durations.of(pace.used()) + " used, about " + Durations.of(rest) + " left)")
        .orElse("");
  }

  private void line(String text) {
    out.println(title + ": " + text);
    out.flush();
    lastLine = pace.used().toSeconds();
  }
}
