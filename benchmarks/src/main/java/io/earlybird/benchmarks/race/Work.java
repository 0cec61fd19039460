package io.earlybird.benchmarks.race;

import java.util.Locale;

/** What is timed. */
public enum Work {
  TRAINING,
  INFERENCE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
