package io.earlybird.data.shard;

import io.earlybird.model.file.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Where each sample of a shard lies, its label and the checksum of its bytes: the sidecar index.
 *
 * <p>File: the magic number, the version, the number of samples; then four 32-bit numbers a sample:
 * offset in blocks of 512 bytes, length in bytes, label, CRC-32C. Big-endian.
 */
public final class SampleTable {
  private static final int MAGIC = 0x45425349;
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 12;
  private static final int FIELDS = 4;

  private final int[] fields;

  private SampleTable(int[] fields) {
    this.fields = fields;
  }

  /**
   * Reads the sidecar of a shard and checks it against {@code index.json}.
   *
   * @throws ShardException if it is missing or damaged, or a sample lies outside the shard or has a
   *     label outside the classes
   */
  public static SampleTable read(ShardSet set, int shard, Configuration hadoop) throws IOException {
    Path path = set.sidecarPath(shard);
    int expected = HEADER_BYTES + set.shards().get(shard).samples() * FIELDS * Integer.BYTES;
    byte[] bytes;
    try (FSDataInputStream in = FileSystems.of(path, hadoop).open(path)) {
      bytes = in.readNBytes(expected + 1);
    } catch (FileNotFoundException e) {
      throw new ShardException(
          "Missing sidecar " + path + ": copy it again, or make the shards again", e);
    }
    Shard described = set.shards().get(shard);
    if (!Sha256.of(bytes).equals(described.sidecarSha256())) {
      throw new ShardException(
          "Damaged sidecar "
              + path
              + ": its SHA-256 is not the one in "
              + ShardSet.INDEX
              + "; copy it again, or make the shards again");
    }
    SampleTable table = parse(path.toString(), bytes);
    table.check(path.toString(), described, set.classes().size());
    return table;
  }

  static SampleTable parse(String file, byte[] bytes) throws ShardException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length < HEADER_BYTES || in.getInt() != MAGIC || in.getInt() != VERSION) {
      throw new ShardException("Invalid sidecar " + file + ": not a sidecar of this version");
    }
    int size = in.getInt();
    if (size < 0 || bytes.length != HEADER_BYTES + (long) size * FIELDS * Integer.BYTES) {
      throw new ShardException(
          "Invalid sidecar " + file + ": " + bytes.length + " bytes for " + size + " samples");
    }
    int[] fields = new int[size * FIELDS];
    in.asIntBuffer().get(fields);
    return new SampleTable(fields);
  }

  /** Fails unless every sample lies in the shard after the one before, with a label of a class. */
  void check(String file, Shard shard, int classes) throws ShardException {
    if (size() != shard.samples()) {
      throw new ShardException(
          "Invalid sidecar "
              + file
              + ": "
              + size()
              + " samples, "
              + ShardSet.INDEX
              + " says "
              + shard.samples());
    }
    long end = 0;
    for (int i = 0; i < size(); i++) {
      if (length(i) < 1 || offset(i) < end || offset(i) + length(i) > shard.bytes()) {
        throw new ShardException(
            "Invalid sidecar "
                + file
                + ": sample "
                + i
                + " at "
                + offset(i)
                + " of "
                + length(i)
                + " bytes overlaps the one before or lies outside the shard of "
                + shard.bytes()
                + " bytes");
      }
      if (length(i) > Sample.MAX_BYTES) {
        throw new ShardException(
            "Invalid sidecar "
                + file
                + ": sample "
                + i
                + " has "
                + length(i)
                + " bytes, more than "
                + Sample.MAX_BYTES
                + "; make the shards again with smaller images");
      }
      if (label(i) < 0 || label(i) >= classes) {
        throw new ShardException(
            "Invalid sidecar "
                + file
                + ": sample "
                + i
                + " has label "
                + label(i)
                + ", outside the "
                + classes
                + " classes of "
                + ShardSet.INDEX
                + "; make the shards again with labels from 0 to "
                + (classes - 1));
      }
      end = offset(i) + length(i);
    }
  }

  /** Number of samples. */
  public int size() {
    return fields.length / FIELDS;
  }

  /** Offset of the first byte of a sample's image in the shard. */
  public long offset(int sample) {
    return (fields[sample * FIELDS] & 0xffffffffL) * TarHeader.BLOCK;
  }

  /** Bytes of a sample's image. */
  public int length(int sample) {
    return fields[sample * FIELDS + 1];
  }

  /** Class of a sample. */
  public int label(int sample) {
    return fields[sample * FIELDS + 2];
  }

  /** Whether the bytes are the ones that were written; CRC-32C. */
  public boolean matches(int sample, byte[] bytes, int offset) {
    return Checksums.crc32c(bytes, offset, length(sample)) == fields[sample * FIELDS + 3];
  }

  /** Collects the samples of a shard while it is written. */
  static final class Builder {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private int size;

    void add(long offset, byte[] image, int label) throws IOException {
      out.writeInt(Math.toIntExact(offset / TarHeader.BLOCK));
      out.writeInt(image.length);
      out.writeInt(label);
      out.writeInt(Checksums.crc32c(image, 0, image.length));
      size++;
    }

    int size() {
      return size;
    }

    byte[] toBytes() {
      byte[] rows = bytes.toByteArray();
      return ByteBuffer.allocate(HEADER_BYTES + rows.length)
          .putInt(MAGIC)
          .putInt(VERSION)
          .putInt(size)
          .put(rows)
          .array();
    }
  }
}
