package io.earlybird.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.data.TestShards;
import io.earlybird.data.image.Augmentation;
import io.earlybird.data.image.ImageSettings;
import io.earlybird.data.shard.ShardException;
import io.earlybird.data.shard.ShardSet;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardCacheTest {
  private static final BatchSettings SETTINGS =
      new BatchSettings(ImageSettings.of(8, Augmentation.NONE), 1, 1, 1);

  @TempDir Path directory;
  private Path shards;
  private Path cache;
  private ShardSet set;

  @BeforeEach
  void write() throws IOException {
    shards = directory.resolve("shards");
    cache = directory.resolve("deep/cache");
    set = TestShards.write(shards, 20, 2, Set.of());
  }

  private long read() throws IOException {
    try (BatchSource source = BatchSource.cached(set, TestShards.HADOOP, SETTINGS, cache);
        BatchReader reader = source.evaluate(new EvaluationSlice(0, 1, 5))) {
      while (reader.next()) {}
      return reader.report().samples();
    }
  }

  private List<String> cached() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void readsFromCopiesNamedByTheirHash() throws IOException {
    assertThat(read()).isEqualTo(20);
    assertThat(cached())
        .containsExactlyInAnyOrder(
            set.shards().get(0).sha256() + ".tar", set.shards().get(1).sha256() + ".tar");

    Files.delete(shards.resolve("shard-000000.tar"));
    assertThat(read()).isEqualTo(20);
  }

  @Test
  void aCopyThatWasCutOffIsMadeAgain() throws IOException {
    read();
    Path copy = cache.resolve(set.shards().get(0).sha256() + ".tar");
    Files.write(copy, new byte[10]);

    assertThat(read()).isEqualTo(20);
    assertThat(Files.size(copy)).isEqualTo(set.shards().get(0).bytes());
  }

  @Test
  void aShardWithAWrongHashIsRefusedAndLeavesNoCopy() throws IOException {
    try (RandomAccessFile file =
        new RandomAccessFile(shards.resolve("shard-000000.tar").toFile(), "rw")) {
      file.seek(20);
      file.write(1);
    }
    assertThatThrownBy(this::read)
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("shard-000000.tar: its SHA-256 is")
        .hasMessageContaining("make the shards again");
    assertThat(cached()).isEmpty();
  }
}
