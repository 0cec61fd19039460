package io.earlybird.model.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Reads one file front to back: the header at once, then the values of each tensor in the order of
 * {@link #tensors}. The stream belongs to the caller.
 */
public final class SafetensorsReader {
  /**
   * Headers above this size are refused: it is room for a hundred thousand tensors. The format's
   * own library allows 100 MB.
   */
  static final int MAXIMUM_HEADER_BYTES = 1 << 24;

  private static final int CHUNK_BYTES = 1 << 16;
  private static final int LENGTH_BYTES = 8;

  private final InputStream in;
  private final MessageDigest digest = Sha256.digest();
  private final HeaderJson header;
  private int next;

  /**
   * Reads and checks the header. What it says of the values must fill the file exactly, so that
   * whoever makes room for them does not trust the header alone.
   *
   * @param fileBytes length of the file, from its file system
   * @throws MalformedFileException if it breaks the format
   */
  public SafetensorsReader(InputStream in, long fileBytes) throws IOException {
    this.in = in;
    long length = ByteBuffer.wrap(read(LENGTH_BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > MAXIMUM_HEADER_BYTES || length > fileBytes - LENGTH_BYTES) {
      throw new MalformedFileException(
          "the header claims "
              + length
              + " bytes, allowed are 2 to "
              + MAXIMUM_HEADER_BYTES
              + " within the file of "
              + fileBytes);
    }
    this.header = HeaderJson.parse(read((int) length));
    long described = LENGTH_BYTES + length + header.valueBytes();
    if (described != fileBytes) {
      throw new MalformedFileException(
          "it has " + fileBytes + " bytes, its header describes " + described);
    }
  }

  /** All tensors in the order in which their values follow. */
  public List<TensorHeader> tensors() {
    return header.tensors();
  }

  /** Metadata of the file. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /**
   * Reads the values of the next tensor, which must have dtype F32 and as many values as {@code
   * into} has room for.
   */
  public void read(FloatBuffer into) throws IOException {
    TensorHeader tensor = following();
    if (tensor.dtype() != Dtype.F32 || tensor.length() != into.remaining()) {
      throw new IllegalArgumentException(
          "Cannot read " + tensor + " into " + into.remaining() + " floats");
    }
    FloatBuffer rest = into.duplicate();
    while (rest.hasRemaining()) {
      int count = Math.min(rest.remaining(), CHUNK_BYTES / Float.BYTES);
      byte[] part = read(count * Float.BYTES);
      rest.put(ByteBuffer.wrap(part).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
    }
    next++;
  }

  /** Reads the next tensor, whatever its dtype. */
  public Tensor read() throws IOException {
    TensorHeader tensor = following();
    if (tensor.byteLength() > Integer.MAX_VALUE - 8) {
      throw new MalformedFileException("tensor " + tensor.name() + " is too large");
    }
    ByteBuffer bytes = ByteBuffer.wrap(read((int) tensor.byteLength()));
    next++;
    return new Tensor(tensor, bytes);
  }

  /**
   * Checks that all tensors were read and that nothing follows.
   *
   * @return SHA-256 of the whole file in hexadecimal
   * @throws MalformedFileException if bytes follow the last tensor
   */
  public String finish() throws IOException {
    if (next < tensors().size()) {
      throw new IllegalStateException(
          "Cannot end reading: tensor " + tensors().get(next).name() + " was not read");
    }
    if (in.read() >= 0) {
      throw new MalformedFileException("bytes follow the last tensor");
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private TensorHeader following() {
    if (next == tensors().size()) {
      throw new IllegalStateException("Cannot read another tensor: all were read");
    }
    return tensors().get(next);
  }

  private byte[] read(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new MalformedFileException(
          "it ends " + (length - bytes.length) + " bytes too early" + place());
    }
    digest.update(bytes);
    return bytes;
  }

  private String place() {
    return header == null ? " in the header" : " in tensor " + tensors().get(next).name();
  }
}
