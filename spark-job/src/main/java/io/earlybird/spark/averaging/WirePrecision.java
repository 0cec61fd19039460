package io.earlybird.spark.averaging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;

/**
 * Form in which a task's values travel to the executors that combine them.
 *
 * <p>The forms of two bytes carry the change since the start of the round, rounded to nearest even.
 * The change and not the value, because eight or eleven significant bits of a weight would swallow
 * small updates.
 */
public enum WirePrecision {
  /** Four bytes a value, unchanged. */
  FLOAT32(Float.BYTES) {
    @Override
    public void encode(float[] values, float[] base, int count, byte[] into) {
      little(into, 0, count * bytes()).asFloatBuffer().put(values, 0, count);
    }

    @Override
    public void decode(byte[] bytes, int from, float[] base, int count, float[] into) {
      little(bytes, from, count * bytes()).asFloatBuffer().get(into, 0, count);
    }
  },

  /** Two bytes a change: 8 significant bits, the range of float32. */
  BFLOAT16(Short.BYTES) {
    @Override
    short round(float change) {
      return Halves.bfloat16(change);
    }

    @Override
    float widen(short change) {
      return Float.intBitsToFloat(change << Short.SIZE);
    }
  },

  /** Two bytes a change: 11 significant bits from 2^-14 to 65504, multiples of 2^-24 below. */
  FLOAT16(Short.BYTES) {
    @Override
    short round(float change) {
      return Halves.float16(change);
    }

    @Override
    float widen(short change) {
      return Halves.fromFloat16(change);
    }
  };

  private final int bytes;

  WirePrecision(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of a value. */
  public int bytes() {
    return bytes;
  }

  /** Whether what travels is the change since the start of the round. */
  public boolean relative() {
    return bytes < Float.BYTES;
  }

  /**
   * The first {@code count} values as bytes.
   *
   * @param base the same values at the start of the round; not looked at unless {@link #relative}
   * @param into receives {@code count *} {@link #bytes()}
   */
  public void encode(float[] values, float[] base, int count, byte[] into) {
    ShortBuffer changes = little(into, 0, count * bytes).asShortBuffer();
    for (int i = 0; i < count; i++) {
      changes.put(i, round(values[i] - base[i]));
    }
  }

  /**
   * The values that were encoded.
   *
   * @param from index of their first byte
   * @param base the same values at the start of the round; not looked at unless {@link #relative}
   * @param into receives {@code count} values
   */
  public void decode(byte[] encoded, int from, float[] base, int count, float[] into) {
    ShortBuffer changes = little(encoded, from, count * bytes).asShortBuffer();
    for (int i = 0; i < count; i++) {
      into[i] = base[i] + widen(changes.get(i));
    }
  }

  short round(float change) {
    throw new IllegalStateException("Cannot round: " + this + " travels unchanged");
  }

  float widen(short change) {
    throw new IllegalStateException("Cannot widen: " + this + " travels unchanged");
  }

  private static ByteBuffer little(byte[] bytes, int from, int length) {
    return ByteBuffer.wrap(bytes, from, length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
