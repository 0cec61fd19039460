package io.earlybird.spark.round;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import org.apache.spark.util.KnownSizeEstimation;

/**
 * One slice of a task's mean in its form on the wire: computed and encoded while it is written, so
 * that the task never holds it; bytes where it has arrived.
 *
 * <p>Its size is told to Spark, which would count the states behind it otherwise, for every slice,
 * and write the slices to disk twice to be safe.
 */
final class WireSlice implements Serializable, KnownSizeEstimation {
  private static final long serialVersionUID = 1;

  private transient Source source;
  private transient byte[] bytes = {};

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
  }

  /** The bytes, not a copy; none before they have travelled. */
  byte[] bytes() {
    return bytes;
  }

  @Override
  public long estimatedSize() {
    return bytes.length;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    if (source == null) {
      out.writeInt(bytes.length);
      out.write(bytes);
    } else {
      out.writeInt(source.length());
      source.writeTo(out);
    }
  }

  private void readObject(ObjectInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      throw new InvalidObjectException("Invalid slice of " + length + " bytes");
    }
    bytes = new byte[length];
    in.readFully(bytes);
  }
}
