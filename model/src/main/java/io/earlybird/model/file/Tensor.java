package io.earlybird.model.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** A named tensor with its values; for masks, scores and other small state. */
public final class Tensor {
  private final TensorHeader header;
  private final ByteBuffer bytes;

  /**
   * Wraps bytes without copying them.
   *
   * @param bytes little endian, C order, {@code header.byteLength()} of them remaining
   */
  Tensor(TensorHeader header, ByteBuffer bytes) {
    if (bytes.remaining() != header.byteLength()) {
      throw new IllegalArgumentException(
          "Invalid tensor " + header + ": " + bytes.remaining() + " bytes");
    }
    this.header = header;
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A tensor of floats, copied. */
  public static Tensor of(String name, List<Integer> shape, float... values) {
    ByteBuffer bytes = room(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return new Tensor(new TensorHeader(name, Dtype.F32, shape), bytes);
  }

  /** A tensor of doubles, copied. */
  public static Tensor of(String name, List<Integer> shape, double... values) {
    ByteBuffer bytes = room(values.length * Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    return new Tensor(new TensorHeader(name, Dtype.F64, shape), bytes);
  }

  /** A tensor of longs, copied. */
  public static Tensor of(String name, List<Integer> shape, long... values) {
    ByteBuffer bytes = room(values.length * Long.BYTES);
    bytes.asLongBuffer().put(values);
    return new Tensor(new TensorHeader(name, Dtype.I64, shape), bytes);
  }

  /** A vector of bytes, copied. */
  public static Tensor of(String name, byte... values) {
    return new Tensor(
        new TensorHeader(name, Dtype.U8, List.of(values.length)), ByteBuffer.wrap(values.clone()));
  }

  private static ByteBuffer room(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Name, dtype and shape. */
  public TensorHeader header() {
    return header;
  }

  /** Name of the tensor. */
  public String name() {
    return header.name();
  }

  /**
   * A copy of the values of an F32 tensor.
   *
   * @throws IllegalArgumentException if it has another dtype
   */
  public float[] floats() {
    require(Dtype.F32);
    float[] values = new float[(int) header.length()];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  /** A copy of the values of an F64 tensor, as {@link #floats}. */
  public double[] doubles() {
    require(Dtype.F64);
    double[] values = new double[(int) header.length()];
    bytes.asDoubleBuffer().get(values);
    return values;
  }

  /** A copy of the values of an I64 tensor, as {@link #floats}. */
  public long[] longs() {
    require(Dtype.I64);
    long[] values = new long[(int) header.length()];
    bytes.asLongBuffer().get(values);
    return values;
  }

  /** A copy of the bytes, whatever the dtype. */
  public byte[] bytes() {
    byte[] values = new byte[bytes.remaining()];
    bytes.duplicate().get(values);
    return values;
  }

  ByteBuffer buffer() {
    return bytes.duplicate();
  }

  private void require(Dtype dtype) {
    if (header.dtype() != dtype) {
      throw new IllegalArgumentException("Cannot read " + header + " as " + dtype);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && header.equals(that.header)
        && Arrays.equals(bytes(), that.bytes());
  }

  @Override
  public int hashCode() {
    return 31 * header.hashCode() + bytes.hashCode();
  }

  @Override
  public String toString() {
    return header.toString();
  }
}
