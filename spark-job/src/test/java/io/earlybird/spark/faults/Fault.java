package io.earlybird.spark.faults;

/**
 * Something that goes wrong at a moment.
 *
 * @param name for the table
 * @param phase of the moments that it may strike
 * @param detail how the detail of such a moment begins; empty for any
 * @param earliest such moments that are let pass in any case
 * @param skips the most that are let pass beyond those; the number is drawn
 * @param ending of the driver
 * @param says pattern that the output of the driver must hold: of the one that ends if the ending
 *     is {@link Ending#STOPS}, else of the one after the fault; empty for anything
 * @param strike what goes wrong
 * @param heal puts it right: after the driver has ended, or has gone on
 */
record Fault(
    String name,
    Phase phase,
    String detail,
    int earliest,
    int skips,
    Ending ending,
    String says,
    Strike strike,
    Strike heal) {
  /** What becomes of the driver. */
  enum Ending {
    /** It goes on. */
    GOES_ON("goes on"),
    /** It is killed, and started again. */
    KILLED("resumed"),
    /** It stops with a message, and is started again. */
    STOPS("stopped with a message, resumed"),
    /** It was asked to stop, saves, and is started again. */
    ASKED("saved, stopped, resumed");

    private final String outcome;

    Ending(String outcome) {
      this.outcome = outcome;
    }

    String outcome() {
      return outcome;
    }
  }

  /** Does something to processes or files. */
  @FunctionalInterface
  interface Strike {
    void on(Lab lab, Moment moment) throws Exception;
  }

  boolean mayStrike(Moment moment) {
    return moment.phase() == phase && moment.detail().startsWith(detail);
  }
}
