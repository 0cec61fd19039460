package io.earlybird.engine.dl4j.kernels;

import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/**
 * bfloat16 in Java: the upper half of a float32, with its range and 8 significant bits.
 *
 * <p>Rounding is to nearest, ties to even, as the processor's own instruction does it.
 */
public final class Bfloat16 {
  /** Bits that a float32 has more. */
  private static final int DROPPED = 16;

  private static final int LOWER_HALF = 0x7fff;

  /** Keeps a NaN one when its lower bits are dropped. */
  private static final int QUIET = 0x40;

  /** Values converted at a time, which fit the innermost cache. */
  private static final int BLOCK = 2048;

  private Bfloat16() {}

  /** The nearest bfloat16. */
  public static short round(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> DROPPED) | QUIET);
    }
    int odd = (bits >>> DROPPED) & 1;
    return (short) ((bits + LOWER_HALF + odd) >>> DROPPED);
  }

  /** The same value as float32. */
  public static float widen(short value) {
    return Float.intBitsToFloat(value << DROPPED);
  }

  /** Rounds as many values as {@code into} holds; positions do not change. */
  public static void round(FloatBuffer from, ShortBuffer into) {
    float[] wide = new float[BLOCK];
    short[] narrow = new short[BLOCK];
    for (int first = 0; first < into.capacity(); first += BLOCK) {
      int count = Math.min(BLOCK, into.capacity() - first);
      from.get(first, wide, 0, count);
      for (int i = 0; i < count; i++) {
        narrow[i] = round(wide[i]);
      }
      into.put(first, narrow, 0, count);
    }
  }

  /** Widens as many values as {@code into} holds. */
  public static void widen(ShortBuffer from, float[] into) {
    short[] narrow = new short[BLOCK];
    for (int first = 0; first < into.length; first += BLOCK) {
      int count = Math.min(BLOCK, into.length - first);
      from.get(first, narrow, 0, count);
      for (int i = 0; i < count; i++) {
        into[first + i] = widen(narrow[i]);
      }
    }
  }
}
