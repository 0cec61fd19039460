package io.earlybird.model.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Writes one file front to back: first the header, then the values of each tensor in the order of
 * the header.
 *
 * <p>Equal tensors and metadata give equal bytes. The stream belongs to the caller.
 */
public final class SafetensorsWriter {
  private static final int CHUNK_BYTES = 1 << 16;

  private final OutputStream out;
  private final List<TensorHeader> tensors;
  private final MessageDigest digest = Sha256.digest();
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private int next;

  /**
   * Writes the header.
   *
   * @throws IllegalArgumentException if a name is used twice
   */
  public SafetensorsWriter(
      OutputStream out, List<TensorHeader> tensors, Map<String, String> metadata)
      throws IOException {
    this.out = out;
    this.tensors = List.copyOf(tensors);
    byte[] header = new HeaderJson(tensors, metadata).bytes();
    chunk.putLong(header.length);
    flush();
    write(header, header.length);
  }

  /** Writes all values of the next tensor, which must have dtype F32. */
  public void append(FloatBuffer values) throws IOException {
    take(Dtype.F32, (long) values.remaining() * Float.BYTES);
    FloatBuffer rest = values.duplicate();
    while (rest.hasRemaining()) {
      int count = Math.min(rest.remaining(), CHUNK_BYTES / Float.BYTES);
      FloatBuffer part = rest.duplicate().limit(rest.position() + count);
      chunk.asFloatBuffer().put(part);
      chunk.position(count * Float.BYTES);
      rest.position(rest.position() + count);
      flush();
    }
  }

  /** Writes all bytes of the next tensor, whatever its dtype; they are little endian. */
  public void append(ByteBuffer bytes) throws IOException {
    take(following().dtype(), bytes.remaining());
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    write(copy, copy.length);
  }

  /**
   * Ends the file and flushes the stream.
   *
   * @return SHA-256 of the whole file in hexadecimal
   * @throws IllegalStateException if tensors are missing
   */
  public String finish() throws IOException {
    if (next < tensors.size()) {
      throw new IllegalStateException(
          "Cannot end the file: tensor " + tensors.get(next).name() + " was not written");
    }
    out.flush();
    return HexFormat.of().formatHex(digest.digest());
  }

  private void take(Dtype dtype, long byteLength) {
    TensorHeader tensor = following();
    if (tensor.dtype() != dtype || tensor.byteLength() != byteLength) {
      throw new IllegalArgumentException(
          "Cannot write " + byteLength + " bytes of " + dtype + ": the next tensor is " + tensor);
    }
    next++;
  }

  private TensorHeader following() {
    if (next == tensors.size()) {
      throw new IllegalStateException("Cannot write another tensor: all were written");
    }
    return tensors.get(next);
  }

  private void flush() throws IOException {
    write(chunk.array(), chunk.position());
    chunk.clear();
  }

  private void write(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    digest.update(bytes, 0, length);
  }
}
