package io.earlybird.spark.averaging;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A {@code float[]} that is serialized in large blocks of bytes: value by value, as arrays of
 * floats usually are, takes several times as long, and as one array it is held twice.
 */
public final class FloatVector implements Serializable {
  private static final long serialVersionUID = 2;

  /** Values of a block: it stays in the processor's cache between its two copies. */
  private static final int BLOCK = 1 << 13;

  private transient float[] values;

  /** Wraps an array without copying it. */
  public FloatVector(float[] values) {
    this.values = values;
  }

  /** The array itself. */
  public float[] values() {
    return values;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.writeInt(values.length);
    byte[] bytes = new byte[Math.min(BLOCK, values.length) * Float.BYTES];
    for (int from = 0; from < values.length; from += BLOCK) {
      int count = Math.min(BLOCK, values.length - from);
      little(bytes).asFloatBuffer().put(values, from, count);
      out.write(bytes, 0, count * Float.BYTES);
    }
  }

  private void readObject(ObjectInputStream in) throws IOException {
    values = new float[in.readInt()];
    byte[] bytes = new byte[Math.min(BLOCK, values.length) * Float.BYTES];
    for (int from = 0; from < values.length; from += BLOCK) {
      int count = Math.min(BLOCK, values.length - from);
      in.readFully(bytes, 0, count * Float.BYTES);
      little(bytes).asFloatBuffer().get(values, from, count);
    }
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
