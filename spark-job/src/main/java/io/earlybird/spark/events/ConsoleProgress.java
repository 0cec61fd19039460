package io.earlybird.spark.events;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Progress for a person: one line for each stage, with images per second, loss, time to go and the
 * newest mask distances.
 *
 * <p>On a terminal the line of the running epoch is rewritten in place; elsewhere a line appears
 * every half minute at most.
 */
public final class ConsoleProgress implements RunListener {
  /** Where the lines go. */
  public enum Output {
    TERMINAL,
    PLAIN
  }

  private static final double PLAIN_INTERVAL_SECONDS = 30;
  private static final String BAR = "=".repeat(72);

  private final PrintWriter out;
  private final Output output;
  private final InstantSource clock;
  private final List<Double> epochSeconds = new ArrayList<>();
  private Start start = new Start("", 0, 0, 0, 0);
  private long lastLineMillis;
  private int openLineLength;

  /** Writes to {@code out}, which stays open. */
  public ConsoleProgress(PrintWriter out, Output output, InstantSource clock) {
    this.out = out;
    this.output = output;
    this.clock = clock;
  }

  @Override
  public void started(Start newStart) {
    start = newStart;
    lastLineMillis = clock.millis();
    String how =
        start.completedEpochs() == 0
            ? "training " + start.epochs() + " epochs"
            : "going on after epoch " + start.completedEpochs() + " of " + start.epochs();
    line("run " + start.run() + ": " + how);
    line(
        String.format(
            Locale.ROOT,
            "%,d images and %,d steps an epoch",
            start.imagesPerEpoch(),
            start.stepsPerEpoch()));
  }

  @Override
  public void roundEnded(Round round) {
    double done = (double) round.steps() / round.stepsPerEpoch();
    double imagesLeft = start.imagesPerEpoch() * (1 - done);
    double left = imagesLeft / round.imagesPerSecond();
    String text =
        String.format(
            Locale.ROOT,
            "epoch %d/%d  step %d/%d  loss %.4f  %.1f images/s  epoch ends in %s%s",
            round.epoch(),
            start.epochs(),
            round.steps(),
            round.stepsPerEpoch(),
            round.meanLoss(),
            round.imagesPerSecond(),
            Durations.of(left),
            runEndsIn(round.epoch(), left));
    if (output == Output.TERMINAL) {
      rewrite(text);
    } else if (clock.millis() - lastLineMillis >= PLAIN_INTERVAL_SECONDS * 1000) {
      line(text);
    }
  }

  @Override
  public void stageBegan(int epoch, Stage stage) {
    if (output == Output.TERMINAL) {
      rewrite("epoch " + epoch + "/" + start.epochs() + "  " + doing(stage) + " ...");
    }
  }

  @Override
  public void happened(Event event) {
    if (event instanceof EpochEvent epoch) {
      epochSeconds.add(epoch.seconds().total());
      line(describe(epoch));
    } else if (event instanceof TicketEvent ticket) {
      standOut(describe(ticket));
    } else if (event instanceof SwitchEvent change) {
      epochSeconds.clear();
      standOut(describe(change));
    } else if (event instanceof PruneEvent pruned) {
      line(describe(pruned));
    } else if (event instanceof SwaEvent swa) {
      line(describe(swa));
    } else if (event instanceof SummaryEvent summary) {
      standOut(describe(summary));
    }
  }

  @Override
  public void noted(String sentence) {
    line(sentence);
  }

  @Override
  public void ended(List<String> remarks, String checkpoint, String validation) {
    remarks.forEach(this::line);
    line("result: " + checkpoint);
    line("next: submit/earlybird evaluate --checkpoint " + checkpoint + " --data " + validation);
  }

  private static String doing(Stage stage) {
    return switch (stage) {
      case EVALUATE -> "evaluating";
      case MASK -> "computing masks";
      case CHECKPOINT -> "writing checkpoint";
    };
  }

  private String runEndsIn(int epoch, double secondsLeftOfEpoch) {
    if (epochSeconds.isEmpty()) {
      return "";
    }
    double left = secondsLeftOfEpoch + (start.epochs() - epoch) * secondsPerEpoch();
    return ", run in " + Durations.of(left);
  }

  private double secondsPerEpoch() {
    return epochSeconds.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  private String describe(EpochEvent epoch) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "epoch %d/%d  %s  loss %.4f  top-1 %.2f %%  validation %.4f  %.2f %%",
            epoch.epoch(),
            start.epochs(),
            epoch.phase().name().toLowerCase(Locale.ROOT),
            epoch.trainLoss(),
            100 * epoch.trainTop1(),
            epoch.validationLoss(),
            100 * epoch.validationTop1()));
    if (!Double.isNaN(epoch.validationTop5())) {
      text.append(String.format(Locale.ROOT, " (%.2f %%)", 100 * epoch.validationTop5()));
    }
    text.append(String.format(Locale.ROOT, "  %.1f images/s", epoch.imagesPerSecond()));
    EpochSeconds seconds = epoch.seconds();
    text.append("  ").append(Durations.of(seconds.total()));
    if (seconds.total() > 0) {
      double training = seconds.compute() + seconds.data();
      double other = seconds.broadcast() + seconds.average();
      text.append(
          String.format(
              Locale.ROOT,
              " (data %.1f %%, averaging %.1f %% of training)",
              100 * seconds.data() / Math.max(training + other, Double.MIN_NORMAL),
              100 * other / Math.max(training + other, Double.MIN_NORMAL)));
    }
    if (!epoch.maskDistance().isEmpty()) {
      text.append("  distance ").append(distances(epoch.maskDistance()));
    }
    int left = start.epochs() - epoch.epoch();
    if (left > 0) {
      text.append("  run ends in ").append(Durations.of(left * secondsPerEpoch()));
    }
    return text.toString();
  }

  private static String distances(Map<String, Double> byRatio) {
    List<String> parts = new ArrayList<>();
    byRatio.forEach(
        (ratio, distance) -> parts.add(String.format(Locale.ROOT, "%s: %.3f", ratio, distance)));
    return String.join(", ", parts);
  }

  private static String describe(TicketEvent ticket) {
    return String.format(
        Locale.ROOT,
        "TICKET at ratio %s after epoch %d (%s, distances %s)",
        ticket.ratio(),
        ticket.epoch(),
        ticket.detector(),
        ticket.distances().stream()
            .map(distance -> String.format(Locale.ROOT, "%.3f", distance))
            .toList());
  }

  private static String describe(SwitchEvent change) {
    return String.format(
        Locale.ROOT,
        "SWITCH after epoch %d to the ticket of ratio %s (%s): %,d -> %,d parameters, %,d -> %,d"
            + " FLOPs an image%s",
        change.epoch(),
        change.ratio(),
        change.mode(),
        change.denseParameters(),
        change.parameters(),
        change.densePaperFlops(),
        change.paperFlops(),
        drop(change.top1Before(), change.top1After()));
  }

  private static String describe(PruneEvent pruned) {
    return String.format(
        Locale.ROOT,
        "masked after epoch %d (%s): %,d of %,d weights active, %.2f %% held at zero%s",
        pruned.epoch(),
        pruned.method(),
        pruned.active(),
        pruned.weights(),
        100 * pruned.ratio(),
        drop(pruned.top1Before(), pruned.top1After()));
  }

  private static String drop(double before, double after) {
    return Double.isNaN(after)
        ? ""
        : String.format(Locale.ROOT, ", top-1 %.2f %% -> %.2f %%", 100 * before, 100 * after);
  }

  private static String describe(SwaEvent swa) {
    return String.format(
        Locale.ROOT,
        "mean of %d epochs (SWA): validation %.4f  %.2f %%",
        swa.epochs(),
        swa.validationLoss(),
        100 * swa.validationTop1());
  }

  private static String describe(SummaryEvent summary) {
    return String.format(
        Locale.ROOT,
        "DONE: %d epochs in %s, top-1 %.2f %% (best %.2f %%), %.3g training FLOPs, %.1f %% saved"
            + " against %.3g dense, modelled energy %.3g J",
        summary.epochs(),
        Durations.of(summary.seconds()),
        100 * summary.finalTop1(),
        100 * summary.bestTop1(),
        (double) summary.trainingPaperFlops(),
        100 * summary.savedFlops(),
        (double) summary.denseTrainingPaperFlops(),
        summary.modelledEnergyJoule());
  }

  private void standOut(String text) {
    line(BAR);
    line(text);
    line(BAR);
  }

  private void line(String text) {
    if (openLineLength > 0) {
      out.print("\r" + " ".repeat(openLineLength) + "\r");
      openLineLength = 0;
    }
    out.println(text);
    out.flush();
    lastLineMillis = clock.millis();
  }

  private void rewrite(String text) {
    out.print("\r" + text + " ".repeat(Math.max(0, openLineLength - text.length())));
    out.flush();
    openLineLength = text.length();
  }
}
