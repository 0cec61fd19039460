package io.earlybird.spark.events;

import java.time.Duration;
import java.util.Locale;

/** Spans of time as people read them. */
public final class Durations {
  private static final double MILLIS = 1000;

  private Durations() {}

  /** As {@link #of(double)}. */
  public static String of(Duration duration) {
    return of(duration.toMillis() / MILLIS);
  }

  /** For example {@code 42 s}, {@code 3 min 20 s}, {@code 7 h 05 min}, {@code 3 d 04 h}. */
  public static String of(double seconds) {
    long s = Math.max(0, Math.round(seconds));
    if (s < 60) {
      return s + " s";
    }
    if (s < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", s / 60, s % 60);
    }
    if (s < 86_400) {
      return String.format(Locale.ROOT, "%d h %02d min", s / 3600, s / 60 % 60);
    }
    return String.format(Locale.ROOT, "%d d %02d h", s / 86_400, s / 3600 % 24);
  }
}
