package io.earlybird.data.ingest;

import io.earlybird.data.image.PngImage;
import io.earlybird.data.shard.Sample;
import io.earlybird.data.shard.Samples;
import io.earlybird.data.shard.ShardException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The binary files of CIFAR-10 or CIFAR-100 (specification 8.1), written as PNG.
 *
 * @param edition which of the two
 * @param input URI of the directory with the {@code .bin} files
 */
public record CifarSource(CifarEdition edition, String input) implements IngestSource {
  private static final int SIDE = 32;
  private static final int PLANE = SIDE * SIDE;

  /** Above the 154 MB of CIFAR-100. */
  private static final int MAX_FILE_BYTES = 1 << 28;

  private static final int MAX_NAMES_BYTES = 1 << 16;

  @Override
  public String description() {
    return edition.text();
  }

  @Override
  public IngestData open(Configuration hadoop) throws IOException {
    Inputs inputs = Inputs.at(input, hadoop, "the binary version of " + edition.text());
    List<String> missing = new ArrayList<>();
    for (String file : edition.files()) {
      if (!inputs.has(file)) {
        missing.add(file);
      }
    }
    if (!missing.isEmpty()) {
      throw new ShardException(
          "Missing in "
              + inputs.root()
              + ": "
              + String.join(", ", missing)
              + "; unpack the binary version of "
              + edition.text()
              + " there");
    }
    return new SplitData(
        classes(inputs), records(inputs, edition.train()), records(inputs, edition.test()));
  }

  private List<String> classes(Inputs inputs) throws IOException {
    if (!inputs.has(edition.namesFile())) {
      return edition.defaultNames();
    }
    byte[] text = inputs.read(inputs.path(edition.namesFile()), MAX_NAMES_BYTES);
    List<String> names =
        new String(text, StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).toList();
    if (names.size() != edition.classes()) {
      throw new ShardException(
          "Invalid "
              + inputs.path(edition.namesFile())
              + ": "
              + names.size()
              + " names for "
              + edition.classes()
              + " classes");
    }
    return names;
  }

  private Samples records(Inputs inputs, List<String> names) throws IOException {
    List<RecordFile> files = new ArrayList<>();
    for (String name : names) {
      Path path = inputs.path(name);
      byte[] bytes = inputs.read(path, MAX_FILE_BYTES);
      int record = edition.labelBytes() + 3 * PLANE;
      if (bytes.length == 0 || bytes.length % record != 0) {
        throw new ShardException(
            "Invalid "
                + path
                + ": "
                + bytes.length
                + " bytes are no whole number of records of "
                + record
                + " bytes; copy the file again");
      }
      files.add(new RecordFile(path, bytes, bytes.length / record));
    }
    return new Records(edition, files);
  }

  /** A file in memory. */
  private static final class RecordFile {
    private final Path path;
    private final byte[] bytes;
    private final int records;

    RecordFile(Path path, byte[] bytes, int records) {
      this.path = path;
      this.bytes = bytes;
      this.records = records;
    }
  }

  private record Records(CifarEdition edition, List<RecordFile> files) implements Samples {
    @Override
    public int size() {
      return files.stream().mapToInt(file -> file.records).sum();
    }

    @Override
    public Sample sample(int index) throws IOException {
      int record = index;
      int file = 0;
      while (record >= files.get(file).records) {
        record -= files.get(file).records;
        file++;
      }
      return sample(files.get(file), record);
    }

    private Sample sample(RecordFile file, int record) throws ShardException {
      int start = record * (edition.labelBytes() + 3 * PLANE);
      int pixelStart = start + edition.labelBytes();
      int label = file.bytes[pixelStart - 1] & 0xff;
      if (label >= edition.classes()) {
        throw new ShardException(
            "Invalid record "
                + record
                + " of "
                + file.path
                + ": label "
                + label
                + " is outside the "
                + edition.classes()
                + " classes; copy the file again");
      }
      byte[] pixels = new byte[3 * PLANE];
      for (int i = 0; i < PLANE; i++) {
        for (int c = 0; c < 3; c++) {
          pixels[3 * i + c] = file.bytes[pixelStart + c * PLANE + i];
        }
      }
      return new Sample(
          file.path.getName().replace(".bin", "") + "-" + record,
          "png",
          label,
          PngImage.encode(pixels, SIDE, SIDE));
    }
  }
}
