package io.earlybird.spark.round;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.OutputStream;
import org.apache.spark.util.KnownSizeEstimation;

/**
 * One slice of a task's mean in its form on the wire: computed and encoded while it is written, so
 * that the task never holds it; bytes where it has arrived.
 *
 * <p>Its size is told to Spark, which would count the states behind it otherwise, for every slice,
 * and write the slices to disk twice to be safe.
 */
final class WireSlice implements KnownSizeEstimation {
  private final Source source;
  private final byte[] bytes;

  /** Where the bytes of a slice come from. */
  interface Source {
    /** Number of bytes. */
    int length();

    /**
     * Writes all bytes; called again, it writes the same.
     *
     * @throws IOException as the stream throws it
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Will be written from there. */
  WireSlice(Source source) {
    this.source = source;
    this.bytes = new byte[0];
  }

  private WireSlice(byte[] bytes) {
    this.source = null;
    this.bytes = bytes;
  }

  /** The bytes, not a copy; none before they have travelled. */
  byte[] bytes() {
    return bytes;
  }

  @Override
  public long estimatedSize() {
    return bytes.length;
  }

  /** Writes length and bytes. */
  void writeTo(DataOutputStream out) throws IOException {
    if (source == null) {
      out.writeInt(bytes.length);
      out.write(bytes);
    } else {
      out.writeInt(source.length());
      source.writeTo(out);
    }
  }

  /** Reads what {@link #writeTo} has written. */
  static WireSlice read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new InvalidObjectException("Invalid slice of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new WireSlice(bytes);
  }
}
