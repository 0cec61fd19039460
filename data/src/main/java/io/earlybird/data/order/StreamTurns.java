package io.earlybird.data.order;

import java.util.Arrays;

/**
 * Takes streams of given lengths in turn, leaving out those that have ended; with random access.
 *
 * <p>Between two ends of streams the same streams take part, so that a position there is a quotient
 * and a remainder by their number; there are at most as many such phases as streams.
 */
final class StreamTurns {
  /** First position of each phase, and the total at the end. */
  private final long[] phaseStart;

  /** Samples of each stream that were taken before a phase. */
  private final long[] phaseOffset;

  /** Streams that take part in a phase, ascending. */
  private final int[][] live;

  StreamTurns(long[] lengths) {
    long[] ends = Arrays.stream(lengths).filter(n -> n > 0).sorted().distinct().toArray();
    phaseStart = new long[ends.length + 1];
    phaseOffset = new long[ends.length];
    live = new int[ends.length][];
    for (int p = 0; p < ends.length; p++) {
      long from = p == 0 ? 0 : ends[p - 1];
      phaseOffset[p] = from;
      live[p] = longerThan(from, lengths);
      phaseStart[p + 1] = phaseStart[p] + (ends[p] - from) * live[p].length;
    }
  }

  private static int[] longerThan(long length, long[] lengths) {
    int[] streams = new int[lengths.length];
    int count = 0;
    for (int k = 0; k < lengths.length; k++) {
      if (lengths[k] > length) {
        streams[count++] = k;
      }
    }
    return Arrays.copyOf(streams, count);
  }

  long total() {
    return phaseStart[phaseStart.length - 1];
  }

  int stream(long position) {
    int phase = phase(position);
    return live[phase][(int) ((position - phaseStart[phase]) % live[phase].length)];
  }

  long offset(long position) {
    int phase = phase(position);
    return phaseOffset[phase] + (position - phaseStart[phase]) / live[phase].length;
  }

  private int phase(long position) {
    if (position < 0 || position >= total()) {
      throw new IllegalArgumentException(
          "No position " + position + " in an order of " + total() + " samples");
    }
    int found = Arrays.binarySearch(phaseStart, position);
    return found >= 0 ? found : -found - 2;
  }
}
