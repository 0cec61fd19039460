package io.earlybird.data.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.data.TestShards;
import io.earlybird.model.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTableTest {
  @TempDir Path directory;

  @Test
  void readsWhatWasWritten() throws IOException {
    SampleTable.Builder builder = new SampleTable.Builder();
    builder.add(512, new byte[] {1, 2}, 3);
    builder.add(1L << 39, new byte[] {9}, 0);
    SampleTable table = SampleTable.parse("x.idx", builder.toBytes());

    assertThat(table.size()).isEqualTo(2);
    assertThat(table.offset(1)).isEqualTo(1L << 39);
    assertThat(table.length(0)).isEqualTo(2);
    assertThat(table.label(0)).isEqualTo(3);
    assertThat(table.matches(0, new byte[] {0, 1, 2}, 1)).isTrue();
    assertThat(table.matches(0, new byte[] {0, 1, 3}, 1)).isFalse();
  }

  @Test
  void refusesOtherFilesAndOnesCutOff() throws IOException {
    SampleTable.Builder builder = new SampleTable.Builder();
    builder.add(512, new byte[] {1, 2}, 3);
    byte[] bytes = builder.toBytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> SampleTable.parse("x.idx", cut))
          .isInstanceOf(ShardException.class)
          .hasMessageContaining("Invalid sidecar x.idx");
    }
  }

  /** A data set whose index vouches for a sidecar of the given samples. */
  private ShardSet vouched(SampleTable.Builder sidecar) throws IOException {
    ShardSet set = TestShards.write(directory, 2, 1, Set.of());
    Files.write(directory.resolve("shard-000000.idx"), sidecar.toBytes());
    Shard shard = set.shards().get(0);
    Shard lying =
        new Shard(shard.name(), shard.bytes(), shard.sha256(), 2, Sha256.of(sidecar.toBytes()));
    return new ShardSet(
        set.directory(), List.of(lying), set.classes(), "test", 1, set.fingerprint());
  }

  @Test
  void refusesSamplesThatOverlapOrLieOutside() throws IOException {
    SampleTable.Builder overlapping = new SampleTable.Builder();
    overlapping.add(1024, new byte[600], 0);
    overlapping.add(1536, new byte[5], 0);
    SampleTable.Builder outside = new SampleTable.Builder();
    outside.add(512, new byte[5], 0);
    outside.add(1 << 20, new byte[5], 0);
    for (SampleTable.Builder sidecar : List.of(overlapping, outside)) {
      ShardSet set = vouched(sidecar);
      assertThatThrownBy(() -> SampleTable.read(set, 0, TestShards.HADOOP))
          .isInstanceOf(ShardException.class)
          .hasMessageContaining("sample 1 at")
          .hasMessageContaining("overlaps the one before or lies outside the shard");
      FileSystem.getLocal(TestShards.HADOOP)
          .delete(new org.apache.hadoop.fs.Path(directory.toUri()), true);
    }
  }

  @Test
  void refusesAnotherNumberOfSamples() throws IOException {
    SampleTable.Builder one = new SampleTable.Builder();
    one.add(512, new byte[5], 0);
    ShardSet set = vouched(one);
    assertThatThrownBy(() -> SampleTable.read(set, 0, TestShards.HADOOP))
        .hasMessageContaining("1 samples, index.json says 2");
  }
}
