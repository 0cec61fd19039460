package io.earlybird.spark.faults;

import java.util.Locale;

/** A fault that has struck, and what became of it. */
final class Struck {
  private static final double NANOS = 1e9;

  private final Fault fault;
  private final Moment moment;
  private final long startNanos;
  private final long nanos = System.nanoTime();
  private String said = "";
  private boolean driverEnded;
  private double secondsLost = Double.NaN;

  Struck(Fault fault, Moment moment, long startNanos) {
    this.fault = fault;
    this.moment = moment;
    this.startNanos = startNanos;
  }

  Fault fault() {
    return fault;
  }

  Moment moment() {
    return moment;
  }

  void said(String line) {
    said = line;
  }

  /** The driver has ended, as it should. */
  void driverEnded() {
    driverEnded = true;
  }

  /** Whether the end of an item means that what the fault cost has been done again. */
  boolean madeUpBy(Moment ended) {
    return switch (fault.ending()) {
      case GOES_ON -> sameItem(ended);
      case KILLED, STOPS -> driverEnded && sameItem(ended);
      case ASKED -> false;
    };
  }

  private boolean sameItem(Moment ended) {
    boolean comesAgain =
        moment.item().startsWith("epoch ") || moment.item().startsWith("checkpoint epoch");
    return comesAgain ? ended.item().equals(moment.item()) : ended.item().startsWith("checkpoint ");
  }

  /** The run stands where it would have stood. */
  void madeUp(double undisturbedSeconds) {
    secondsLost = Math.max(0, (System.nanoTime() - nanos) / NANOS - undisturbedSeconds);
  }

  /** A line of the table. */
  String row(int number) {
    return String.format(
        Locale.ROOT,
        "| %d | %s | %s | %s, %s | %.0f s | %s%s | %.1f |",
        number,
        fault.name(),
        moment.phase().name().toLowerCase(Locale.ROOT),
        moment.item().replaceFirst(":.*", ""),
        moment.detail(),
        (nanos - startNanos) / NANOS,
        fault.ending().outcome(),
        said.isEmpty() ? "" : ": \"" + said.replace("|", "\\|") + "\"",
        secondsLost);
  }
}
