package io.earlybird.data.shard;

import io.earlybird.model.file.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/**
 * Writes the tar of one shard: for each sample {@code <key>.jpg} or {@code <key>.png}, then {@code
 * <key>.cls} with the label in decimal digits, as WebDataset expects.
 *
 * <p>The key is the sample's place in the whole data set and a part of its name. Owner, mode and
 * time are constant, so that equal samples give equal bytes.
 */
final class ShardWriter {
  private static final int MAX_NAME = 60;
  private static final int END_BLOCKS = 2;
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_-]+");

  private final MessageDigest digest = Sha256.digest();
  private final SampleTable.Builder table = new SampleTable.Builder();
  private final OutputStream out;
  private long position;

  ShardWriter(OutputStream out) {
    this.out = new DigestOutputStream(out, digest);
  }

  static String key(int place, String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    String stem = UNSAFE.matcher(dot > 0 ? file.substring(0, dot) : file).replaceAll("-");
    String shortened = stem.substring(0, Math.min(stem.length(), MAX_NAME));
    return String.format("%08d_%s", place, shortened);
  }

  void add(int place, Sample sample) throws IOException {
    String key = key(place, sample.name());
    long offset = position + TarHeader.BLOCK;
    writeEntry(key + "." + sample.extension(), sample.bytes());
    table.add(offset, sample.bytes(), sample.label());
    writeEntry(key + ".cls", Integer.toString(sample.label()).getBytes(StandardCharsets.US_ASCII));
  }

  private void writeEntry(String name, byte[] data) throws IOException {
    TarHeader header = TarHeader.file(name, data.length);
    write(header.toBlock());
    write(data);
    write(new byte[(int) (header.paddedSize() - data.length)]);
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
  }

  /** Ends the tar; the stream is left open. */
  void finish() throws IOException {
    write(new byte[END_BLOCKS * TarHeader.BLOCK]);
    out.flush();
  }

  byte[] sidecar() {
    return table.toBytes();
  }

  /** What {@code index.json} says of the shard. */
  Shard shard(String name) {
    return new Shard(name, position, Sha256.hex(digest), table.size(), Sha256.of(table.toBytes()));
  }
}
