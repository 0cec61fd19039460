package io.earlybird.spark.events;

import java.util.Locale;

/** Events as a person reads them, one line each. */
final class Sentences {
  private Sentences() {}

  /**
   * An epoch that is over.
   *
   * @param epochs of the run
   * @param secondsLeft of the run
   */
  static String of(EpochEvent epoch, int epochs, double secondsLeft) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "epoch %d/%d  %s  loss %.4f  top-1 %.2f %%  validation %.4f  %.2f %%",
            epoch.epoch(),
            epochs,
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
      text.append("  distance ").append(StatusLine.text(epoch.maskDistance()));
    }
    if (epoch.epoch() < epochs) {
      text.append("  run ends in ").append(Durations.of(secondsLeft));
    }
    return text.toString();
  }

  static String of(TicketEvent ticket) {
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

  static String of(SwitchEvent change) {
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

  static String of(PruneEvent pruned) {
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

  static String of(SwaEvent swa) {
    return String.format(
        Locale.ROOT,
        "mean of %d epochs (SWA): validation %.4f  %.2f %%",
        swa.epochs(),
        swa.validationLoss(),
        100 * swa.validationTop1());
  }

  static String of(SummaryEvent summary) {
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
}
