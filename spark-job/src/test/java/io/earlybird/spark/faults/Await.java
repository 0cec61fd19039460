package io.earlybird.spark.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Waits for conditions of other processes. */
final class Await {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private Await() {}

  /**
   * Waits until the condition holds.
   *
   * @throws AssertionError if it does not within minutes
   */
  static void until(String what, Callable<Boolean> condition) throws Exception {
    until(what, condition, () -> "");
  }

  /**
   * Waits until the condition holds.
   *
   * @param instead describes what is there instead
   * @throws AssertionError if it does not within minutes
   */
  static void until(String what, Callable<Boolean> condition, Callable<String> instead)
      throws Exception {
    Instant end = Instant.now().plus(LONGEST);
    while (!condition.call()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("Waited " + LONGEST + " in vain: " + what + "; " + instead.call());
      }
      Thread.sleep(50);
    }
  }
}
