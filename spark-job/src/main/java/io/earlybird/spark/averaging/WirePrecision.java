package io.earlybird.spark.averaging;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Form in which a task's values travel to the executors that combine them. */
public enum WirePrecision {
  /** Four bytes a value, unchanged. */
  FLOAT32 {
    @Override
    public byte[] encode(float[] values, float[] base, int from, int to) {
      byte[] bytes = new byte[(to - from) * Float.BYTES];
      little(bytes).asFloatBuffer().put(values, from, to - from);
      return bytes;
    }

    @Override
    public float[] decode(byte[] bytes, float[] base, int from) {
      float[] values = new float[bytes.length / Float.BYTES];
      little(bytes).asFloatBuffer().get(values);
      return values;
    }
  },

  /**
   * Two bytes a value: the change since the start of the round, rounded to nearest even. The change
   * and not the value, because eight significant bits of a weight would swallow small updates.
   */
  BFLOAT16 {
    @Override
    public byte[] encode(float[] values, float[] base, int from, int to) {
      byte[] bytes = new byte[(to - from) * Short.BYTES];
      ByteBuffer buffer = little(bytes);
      for (int i = from; i < to; i++) {
        buffer.putShort(round(values[i] - base[i]));
      }
      return bytes;
    }

    @Override
    public float[] decode(byte[] bytes, float[] base, int from) {
      float[] values = new float[bytes.length / Short.BYTES];
      ByteBuffer buffer = little(bytes);
      for (int i = 0; i < values.length; i++) {
        values[i] = base[from + i] + Float.intBitsToFloat(buffer.getShort() << 16);
      }
      return values;
    }
  };

  /**
   * Values [from, to) as bytes.
   *
   * @param base the values at the start of the round; not looked at unless {@link #relative}
   */
  public abstract byte[] encode(float[] values, float[] base, int from, int to);

  /** Whether what travels is the change since the start of the round. */
  public boolean relative() {
    return this == BFLOAT16;
  }

  /** The values that were encoded from index {@code from} on. */
  public abstract float[] decode(byte[] bytes, float[] base, int from);

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static short round(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }
}
