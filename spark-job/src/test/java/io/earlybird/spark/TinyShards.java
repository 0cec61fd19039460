package io.earlybird.spark;

import io.earlybird.data.ingest.Ingest;
import io.earlybird.data.ingest.IngestSettings;
import io.earlybird.data.ingest.SyntheticSource;
import io.earlybird.data.shard.ShardSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;

/** Generated images of 3 classes, 16 x 16 pixels: 60 to train, 20 to validate, in 4 shards each. */
public final class TinyShards {
  private static final Path DIRECTORY = make();

  private TinyShards() {}

  /** Directory of the training shards. */
  public static Path train() {
    return DIRECTORY.resolve(Ingest.TRAIN);
  }

  /** Directory of the validation shards. */
  public static Path validation() {
    return DIRECTORY.resolve(Ingest.VALIDATION);
  }

  /** The shards in a directory. */
  public static ShardSet read(Path directory) {
    try {
      return ShardSet.read(directory.toString(), new Configuration());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A process that a test starts is told where the shards of the test are. */
  private static Path make() {
    String made = System.getProperty("earlybird.tiny-shards");
    if (made != null) {
      return Path.of(made);
    }
    try {
      Path shards = Files.createTempDirectory("shards");
      write(shards);
      return shards;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the same shards again, for tests that change them. */
  public static void write(Path output) throws IOException {
    try {
      Ingest.run(
          new SyntheticSource(16, 60, 20, 3, 1),
          new IngestSettings(output.toString(), 1, 4, 1),
          new Configuration());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
