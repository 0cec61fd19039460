package io.earlybird.engine.dl4j.onednn;

/**
 * Arrays for loops that read and write several of them at the same places.
 *
 * <p>They are a little longer than needed, so that those made one after another begin at the same
 * place of a cache line: a compiled loop aligns what it writes, and what it reads is aligned with
 * it. Nor do they lie 4096 bytes apart, where the processor takes a read for one of what was just
 * written. Loops run in up to two and a half times less time.
 */
final class LoopArrays {
  private static final int HEADER = 16;
  private static final int CACHE_LINE = 64;
  private static final int PAGE = 4096;
  private static final int DISTANCE = 640;

  private LoopArrays() {}

  /** Arrays of at least that many floats. */
  static float[][] floats(int count, int length) {
    return new float[count][padded(length)];
  }

  /** Arrays of arrays of at least that many floats. */
  static float[][][] floats(int rows, int count, int length) {
    return new float[rows][count][padded(length)];
  }

  private static int padded(int length) {
    int bytes = HEADER + length * Float.BYTES;
    bytes = (bytes + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
    while (bytes % PAGE < DISTANCE || bytes % PAGE > PAGE - DISTANCE) {
      bytes += CACHE_LINE;
    }
    return (bytes - HEADER) / Float.BYTES;
  }
}
