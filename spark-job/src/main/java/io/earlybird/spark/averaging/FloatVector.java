package io.earlybird.spark.averaging;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A {@code float[]} that is serialized as one block of bytes: value by value, as arrays of floats
 * usually are, takes several times as long.
 */
public final class FloatVector implements Serializable {
  private static final long serialVersionUID = 1;

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
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    out.writeObject(bytes);
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    byte[] bytes = (byte[]) in.readObject();
    values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
  }
}
