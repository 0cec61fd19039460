package io.earlybird.spark.averaging;

import java.io.Serializable;

/**
 * Cuts [0, length) into consecutive ranges of nearly equal size, disjoint and complete.
 *
 * @param length values in all, at least 0
 * @param count number of ranges, at least 1
 */
public record Slices(int length, int count) implements Serializable {
  public Slices {
    if (length < 0 || count < 1) {
      throw new IllegalArgumentException(
          "Invalid slices: " + length + " values in " + count + " ranges");
    }
  }

  /** As many ranges of at most {@code most} values as are needed; at least one. */
  public static Slices ofAtMost(int length, int most) {
    return new Slices(length, Math.max(1, -Math.floorDiv(-length, most)));
  }

  /** First index of range {@code slice}. */
  public int from(int slice) {
    return (int) ((long) length * slice / count);
  }

  /** Index after the last of range {@code slice}. */
  public int to(int slice) {
    return from(slice + 1);
  }
}
