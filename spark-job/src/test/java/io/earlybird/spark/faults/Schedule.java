package io.earlybird.spark.faults;

import io.earlybird.spark.faults.Fault.Ending;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The faults of one training, one after the other: the next strikes when the one before has been
 * made up for. How many of the moments that suit a fault pass before it strikes is drawn.
 */
final class Schedule {
  private static final int KILLED = 128 + 9;

  private final Lab lab;
  private final List<Fault> waiting;
  private final Map<Fault, Integer> skips = new HashMap<>();
  private final List<Struck> struck = new ArrayList<>();
  private final ItemClock clock;
  private final long startNanos = System.nanoTime();
  private Struck outstanding;
  private Throwable failure;

  /**
   * A schedule.
   *
   * @param seed of the draws
   * @param clock knows, or learns, how long things take undisturbed
   */
  Schedule(Lab lab, long seed, ItemClock clock, List<Fault> faults) {
    this.lab = lab;
    this.clock = clock;
    this.waiting = new ArrayList<>(faults);
    Random random = new Random(seed);
    faults.forEach(fault -> skips.put(fault, fault.earliest() + random.nextInt(fault.skips() + 1)));
  }

  /** A process has announced a moment and waits. */
  synchronized void arrived(Moment moment) {
    switch (moment.phase()) {
      case ITEM_BEGAN -> clock.began(moment);
      case ITEM_ENDED -> ended(moment);
      default -> strikeIfDue(moment);
    }
  }

  private void ended(Moment moment) {
    if (outstanding == null) {
      clock.ended(moment);
    } else if (outstanding.madeUpBy(moment)) {
      makeUp();
    }
  }

  private void makeUp() {
    Struck over = outstanding;
    outstanding = null;
    over.madeUp(clock.typical(over.moment().item()));
    System.out.println(over.row(struck.size()));
    if (over.fault().ending() == Ending.GOES_ON) {
      attempt(() -> over.fault().heal().on(lab, over.moment()));
    }
  }

  private void strikeIfDue(Moment moment) {
    if (outstanding != null) {
      return;
    }
    for (Fault fault : waiting) {
      if (fault.mayStrike(moment) && skips.merge(fault, -1, Integer::sum) < 0) {
        waiting.remove(fault);
        outstanding = new Struck(fault, moment, startNanos);
        struck.add(outstanding);
        attempt(() -> fault.strike().on(lab, moment));
        return;
      }
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private void attempt(Work work) {
    try {
      work.run();
    } catch (Exception | AssertionError e) {
      failure = failure == null ? e : failure;
    }
  }

  /**
   * A driver has ended.
   *
   * @param output of this driver
   * @throws AssertionError if it should not have, or not so
   */
  synchronized void driverEnded(int exit, String output) throws Exception {
    if (failure != null) {
      throw new AssertionError("A fault could not be brought about: " + failure, failure);
    }
    if (exit == 0) {
      if (outstanding != null) {
        makeUp();
      }
      return;
    }
    if (outstanding == null || outstanding.fault().ending() == Ending.GOES_ON) {
      throw new AssertionError("The driver ended with " + exit + " by itself:\n" + tail(output));
    }
    Fault fault = outstanding.fault();
    switch (fault.ending()) {
      case KILLED -> require(exit == KILLED, fault, exit, output);
      case ASKED -> require(exit == 1 && output.contains("Stopped and saved"), fault, exit, output);
      default -> requireMessage(fault, exit, output);
    }
    outstanding.driverEnded();
    fault.heal().on(lab, outstanding.moment());
    if (fault.ending() == Ending.ASKED) {
      makeUp(); // What was asked for is saved: nothing has to be done again.
    }
  }

  private void requireMessage(Fault fault, int exit, String output) {
    Matcher said = Pattern.compile("earlybird: .*(" + fault.says() + ").*").matcher(output);
    require(exit == 1 && said.find(), fault, exit, output);
    outstanding.said(said.group(1));
  }

  private static void require(boolean holds, Fault fault, int exit, String output) {
    if (!holds) {
      throw new AssertionError(
          "After " + fault.name() + " the driver ended with " + exit + ":\n" + tail(output));
    }
  }

  private static String tail(String output) {
    return output.substring(Math.max(0, output.length() - 6000));
  }

  /** What every driver together has printed must hold what the faults are answered with. */
  synchronized List<Struck> over(String output) {
    if (failure != null) {
      throw new AssertionError("A fault could not be brought about: " + failure, failure);
    }
    if (!waiting.isEmpty()) {
      throw new AssertionError("No moment came for " + waiting.stream().map(Fault::name).toList());
    }
    for (Struck each : struck) {
      if (!Pattern.compile(each.fault().says()).matcher(output).find()) {
        throw new AssertionError(
            "After " + each.fault().name() + " nobody said " + each.fault().says());
      }
    }
    return List.copyOf(struck);
  }
}
