package io.earlybird.data.verify;

import io.earlybird.data.image.ImageDecoder;
import io.earlybird.data.image.UndecodableImageException;
import io.earlybird.data.shard.FileSystems;
import io.earlybird.data.shard.Sample;
import io.earlybird.data.shard.SampleTable;
import io.earlybird.data.shard.Shard;
import io.earlybird.data.shard.ShardSet;
import io.earlybird.data.shard.TarHeader;
import io.earlybird.data.shard.TarReader;
import io.earlybird.model.file.Sha256;
import io.earlybird.model.json.StrictJson;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** One pass over a shard. */
final class ShardCheck implements Callable<VerifyReport> {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final int MAX_LABEL_BYTES = 64;
  private static final int MAX_PROBLEMS = 100;

  private final ShardSet set;
  private final int index;
  private final Shard shard;
  private final Configuration hadoop;
  private final List<String> problems = new ArrayList<>();
  private int samples;

  ShardCheck(ShardSet set, int index, Configuration hadoop) {
    this.set = set;
    this.index = index;
    this.shard = set.shards().get(index);
    this.hadoop = hadoop;
  }

  @Override
  public VerifyReport call() {
    try {
      check(SampleTable.read(set, index, hadoop));
    } catch (IOException e) {
      problems.add(e.getMessage());
    }
    return new VerifyReport(1, samples, shard.bytes(), problems);
  }

  private void check(SampleTable table) throws IOException {
    Path path = set.shardPath(index);
    long length = FileSystems.of(path, hadoop).getFileStatus(path).getLen();
    if (length != shard.bytes()) {
      problem("it has " + length + " bytes, " + ShardSet.INDEX + " says " + shard.bytes());
    }
    MessageDigest digest = Sha256.digest();
    try (InputStream in = FileSystems.of(path, hadoop).open(path);
        InputStream hashed = new HashedStream(new BufferedInputStream(in, BUFFER_BYTES), digest);
        ImageDecoder decoder = new ImageDecoder()) {
      TarReader tar = new TarReader(hashed, path.toString(), 0, length);
      Optional<TarHeader> entry = tar.next();
      while (entry.isPresent()) {
        checkSample(table, tar, entry.get(), decoder);
        entry = tar.next();
      }
      hashed.transferTo(OutputStream.nullOutputStream());
    }
    if (samples != shard.samples()) {
      problem("it holds " + samples + " samples, " + ShardSet.INDEX + " says " + shard.samples());
    }
    String hash = Sha256.hex(digest);
    if (!hash.equals(shard.sha256())) {
      problem("its SHA-256 is " + hash + ", " + ShardSet.INDEX + " says " + shard.sha256());
    }
  }

  /** An image entry and the label entry that must follow it. */
  private void checkSample(SampleTable table, TarReader tar, TarHeader image, ImageDecoder decoder)
      throws IOException {
    int sample = samples++;
    long offset = tar.dataOffset();
    byte[] bytes = tar.data(Sample.MAX_BYTES);
    String stem = image.name().replaceFirst("\\.(jpg|png)$", "");
    Optional<TarHeader> label = tar.next();
    if (label.isEmpty() || !label.get().name().equals(stem + ".cls")) {
      problem("entry " + image.name() + " is not followed by " + stem + ".cls");
    }
    String text =
        label.isEmpty() ? "" : new String(tar.data(MAX_LABEL_BYTES), StandardCharsets.US_ASCII);
    if (sample < table.size()) {
      checkRow(table, sample, offset, bytes, text);
    }
    try {
      decoder.decode(bytes, 0, bytes.length);
    } catch (UndecodableImageException e) {
      problem("sample " + sample + " at offset " + offset + ": " + e.getMessage());
    }
  }

  private void checkRow(SampleTable table, int sample, long offset, byte[] bytes, String label) {
    if (table.offset(sample) != offset || table.length(sample) != bytes.length) {
      problem(
          "sample "
              + sample
              + " lies at "
              + offset
              + " with "
              + bytes.length
              + " bytes, the sidecar says "
              + table.offset(sample)
              + " and "
              + table.length(sample));
    } else if (!table.matches(sample, bytes, 0)) {
      problem("sample " + sample + " at offset " + offset + " has another checksum");
    }
    if (!label.trim().equals(Integer.toString(table.label(sample)))) {
      problem(
          "sample "
              + sample
              + " at offset "
              + offset
              + " has label '"
              + label
              + "', the sidecar says "
              + table.label(sample));
    }
  }

  private void problem(String what) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add("Shard " + shard.name() + ": " + StrictJson.shown(what));
    } else if (problems.size() == MAX_PROBLEMS) {
      problems.add("Shard " + shard.name() + ": and more problems");
    }
  }

  /** Hashes what is skipped too, which {@link DigestInputStream} does not. */
  private static final class HashedStream extends DigestInputStream {
    HashedStream(InputStream in, MessageDigest digest) {
      super(in, digest);
    }

    @Override
    public long skip(long count) throws IOException {
      return readNBytes((int) Math.min(count, BUFFER_BYTES)).length;
    }
  }
}
