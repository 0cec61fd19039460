package io.earlybird.spark.events;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where a run is, as one line: epoch, step or stage, loss, images per second, time to go, newest
 * mask distances. What matters most comes first, for terminals that are too narrow.
 *
 * <p>Any thread may read it.
 */
public final class StatusLine implements RunListener {
  private Start start = new Start("", 0, 0, 0, 0, List.of());
  private TimeToGo time = new TimeToGo(start);
  private Map<String, Double> distances = Map.of();
  private double loss = Double.NaN;
  private double imagesPerSecond = Double.NaN;
  private volatile Status status = new Status("", 0);

  /**
   * Text and share of the run.
   *
   * @param text the line; empty before the first round
   * @param done epochs that are done, the running one by its steps, as a fraction of all
   */
  public record Status(String text, double done) {}

  /** The newest status. */
  public Status status() {
    return status;
  }

  @Override
  public void started(Start newStart) {
    start = newStart;
    time = new TimeToGo(start);
    for (Event event : start.past()) {
      look(event);
    }
    time.forget(); // another attempt may have had another cluster
    status = new Status("", done(start.completedEpochs()));
  }

  @Override
  public void roundEnded(Round round) {
    double step = (double) round.steps() / round.stepsPerEpoch();
    double left = time.ofEpoch(round);
    loss = round.meanLoss();
    imagesPerSecond = round.imagesPerSecond();
    String text =
        String.format(
            Locale.ROOT,
            "epoch %d/%d  step %d/%d  %s%s",
            round.epoch(),
            start.epochs(),
            round.steps(),
            round.stepsPerEpoch(),
            figures(),
            ends(round.epoch(), left));
    show(text, round.epoch() - 1 + step);
  }

  @Override
  public void stageBegan(int epoch, Stage stage) {
    String text =
        String.format(
            Locale.ROOT,
            "epoch %d/%d  %s ...  %s%s",
            epoch,
            start.epochs(),
            doing(stage),
            figures(),
            ends(epoch, time.ofEpoch(stage)));
    show(text, epoch);
  }

  @Override
  public void happened(Event event) {
    look(event);
  }

  /** Seconds until the run ends, after an epoch. */
  double secondsLeft(EpochEvent epoch) {
    return time.afterEpoch(epoch.epoch(), epoch.imagesPerSecond());
  }

  /** Distances by ratio, as people read them. */
  static String text(Map<String, Double> distances) {
    return String.join(
        ", ",
        distances.entrySet().stream()
            .map(entry -> String.format(Locale.ROOT, "%s: %.3f", entry.getKey(), entry.getValue()))
            .toList());
  }

  private void look(Event event) {
    if (event instanceof EpochEvent epoch) {
      time.ended(epoch.seconds());
      distances = epoch.maskDistance();
    } else if (event instanceof SwitchEvent) {
      time.forget();
      distances = Map.of();
    }
  }

  private static String doing(Stage stage) {
    return switch (stage) {
      case EVALUATE -> "evaluating";
      case MASK -> "computing masks";
      case CHECKPOINT -> "writing checkpoint";
    };
  }

  private String figures() {
    return Double.isNaN(imagesPerSecond)
        ? ""
        : String.format(Locale.ROOT, "loss %.4f  %.1f images/s  ", loss, imagesPerSecond);
  }

  private String ends(int epoch, double secondsOfEpoch) {
    double ofRun = secondsOfEpoch + time.afterEpoch(epoch, imagesPerSecond);
    return Double.isNaN(ofRun)
        ? ""
        : "epoch ends in " + Durations.of(secondsOfEpoch) + ", run in " + Durations.of(ofRun);
  }

  private void show(String text, double epochs) {
    String whole = distances.isEmpty() ? text : text + "  distance " + text(distances);
    status = new Status(whole.stripTrailing(), done(epochs));
  }

  private double done(double epochs) {
    return start.epochs() == 0 ? 0 : Math.min(1, epochs / start.epochs());
  }
}
