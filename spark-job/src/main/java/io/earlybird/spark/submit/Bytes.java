package io.earlybird.spark.submit;

import java.util.Locale;

/** Amounts of memory as people read them. */
public final class Bytes {
  private static final double MEBI = 1 << 20;
  private static final double GIBI = 1 << 30;

  private Bytes() {}

  /** For example {@code 1.5 GiB}. */
  public static String of(long bytes) {
    return bytes < GIBI
        ? String.format(Locale.ROOT, "%.0f MiB", bytes / MEBI)
        : String.format(Locale.ROOT, "%.1f GiB", bytes / GIBI);
  }
}
