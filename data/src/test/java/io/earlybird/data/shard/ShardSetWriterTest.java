package io.earlybird.data.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.data.TestShards;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShardSetWriterTest {
  @TempDir Path parent;

  private Path output() {
    return parent.resolve("out");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(output())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aShardIsATarOfImagesEachFollowedByItsLabel() throws IOException {
    ShardSet set = TestShards.write(output(), 10, 2, Set.of());
    Set<String> keys = new HashSet<>();
    for (Shard shard : set.shards()) {
      try (InputStream in = Files.newInputStream(output().resolve(shard.name()));
          TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(in))) {
        TarArchiveEntry image = tar.getNextTarEntry();
        while (image != null) {
          String key = image.getName().substring(0, image.getName().indexOf('.'));
          assertThat(image.getName()).isEqualTo(key + ".png");
          byte[] bytes = tar.readAllBytes();
          assertThat(tar.getNextTarEntry().getName()).isEqualTo(key + ".cls");
          int index = Integer.parseInt(key.substring(key.lastIndexOf('-') + 1));
          assertThat(new String(tar.readAllBytes(), StandardCharsets.US_ASCII))
              .isEqualTo(Integer.toString(index % 3));
          assertThat(bytes).isEqualTo(TestShards.png(index, 8));
          assertThat(keys.add(key)).isTrue();
          image = tar.getNextTarEntry();
        }
      }
    }
    assertThat(keys).hasSize(10);
  }

  @Test
  void leavesNothingButShardsSidecarsAndTheIndex() throws IOException {
    TestShards.write(output(), 4, 2, Set.of());
    assertThat(files())
        .containsExactly(
            "index.json",
            "shard-000000.idx",
            "shard-000000.tar",
            "shard-000001.idx",
            "shard-000001.tar");
  }

  @Test
  void equalSamplesGiveEqualBytes() throws IOException {
    ShardSet first = TestShards.write(output(), 30, 4, Set.of());
    ShardSet second = TestShards.write(parent.resolve("again"), 30, 4, Set.of());
    assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
  }

  @Test
  void noShardIsSortedByClass() {
    ShardLayout layout = new ShardLayout(1000, 10, 3);
    Set<Integer> seen = new HashSet<>();
    for (int shard = 0; shard < 10; shard++) {
      int low = 0;
      for (int index : layout.samples(shard)) {
        assertThat(seen.add(index)).isTrue();
        low += index < 500 ? 1 : 0;
      }
      // 50 expected of 100 draws without replacement, deviation below 5.
      assertThat(low).isBetween(25, 75);
    }
    assertThat(seen).hasSize(1000);
  }

  @Test
  void theDefaultNumberOfShardsSuitsTheStreams() {
    assertThat(ShardLayout.defaultShards(1_281_167)).isEqualTo(1088);
    assertThat(ShardLayout.defaultShards(50_000)).isEqualTo(64);
    assertThat(ShardLayout.defaultShards(100)).isEqualTo(12);
    assertThat(ShardLayout.defaultShards(1)).isEqualTo(1);
  }

  @Test
  void returnsWhatIsThereAndRefusesToOverwriteIt() throws IOException {
    ShardSet set = TestShards.write(output(), 10, 2, Set.of());
    assertThat(writer("test").existing()).contains(set);
    assertThatThrownBy(() -> writer("test").prepare())
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("they are there already");
    assertThatThrownBy(() -> writer("other").existing())
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("Cannot write shards of 'other' with seed 1")
        .hasMessageContaining("shards of 'test' with seed 1 are there")
        .hasMessageContaining("choose another output, or delete it");
  }

  private ShardSetWriter writer(String source) throws IOException {
    return new ShardSetWriter(output().toString(), TestShards.HADOOP, source, 1);
  }

  @Test
  void whatAnInterruptedRunLeftIsNoDataSetAndIsWrittenAgain() throws IOException {
    ShardSet whole = TestShards.write(output(), 10, 2, Set.of());
    Files.delete(output().resolve("index.json"));
    Files.write(output().resolve("shard-000001.tar"), new byte[7]);
    Files.write(output().resolve(".writing-abc"), new byte[7]);

    assertThatThrownBy(() -> ShardSet.read(output().toString(), TestShards.HADOOP))
        .hasMessageContaining("No shards");
    assertThat(TestShards.write(output(), 10, 2, Set.of())).isEqualTo(whole);
    assertThat(files()).hasSize(5);
  }

  @Test
  void refusesADirectoryWithOtherFiles() throws IOException {
    Files.createDirectories(output());
    Files.writeString(output().resolve("precious.txt"), "mine");
    assertThatThrownBy(() -> TestShards.write(output(), 10, 2, Set.of()))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("it holds precious.txt, which is no shard; choose an empty output");
    assertThat(output().resolve("precious.txt")).hasContent("mine");
  }

  @Test
  void aSampleThatFailsLeavesNoShard() throws IOException {
    Samples failing =
        new Samples() {
          @Override
          public int size() {
            return 4;
          }

          @Override
          public Sample sample(int index) throws IOException {
            if (index == 2) {
              throw new ShardException("Not an image: two");
            }
            return new Sample("x", "png", 0, TestShards.png(index, 8));
          }
        };
    assertThatThrownBy(() -> TestShards.write(output(), 1, failing)).hasMessageContaining("two");
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aFullFileSystemIsNamedWithTheRemedyAndNothingIsLeftThere(FullFileSystem.Moment moment)
      throws IOException {
    String location = FullFileSystem.location(output());
    ShardSetWriter writer =
        new ShardSetWriter(location, FullFileSystem.configuration(moment), "test", 1);
    writer.prepare();
    assertThatThrownBy(
            () -> writer.write(0, new ShardLayout(4, 1, 1), TestShards.samples(4, Set.of()), 3))
        .isInstanceOf(ShardException.class)
        .hasMessage(
            "Cannot write %s/shard-000000.tar: %s; check space, quota and permissions there, or"
                + " choose another output",
            location, FullFileSystem.REASON)
        .hasRootCauseMessage(FullFileSystem.REASON);
    assertThat(files()).isEmpty();
  }

  @Test
  void refusesALabelOutsideTheClassesAndMoreShardsThanSamples() {
    Samples outside =
        new Samples() {
          @Override
          public int size() {
            return 1;
          }

          @Override
          public Sample sample(int index) {
            return new Sample("x", "png", 3, TestShards.png(index, 8));
          }
        };
    assertThatThrownBy(() -> TestShards.write(output(), 1, outside))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("its label 3 is outside the 3 classes");
    assertThatThrownBy(() -> new ShardLayout(3, 4, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 samples to 4 shards");
  }

  @Test
  void keysAreUniqueAndHaveNoDot() {
    List<String> keys = new ArrayList<>();
    keys.add(ShardWriter.key(1, "a/b/n01_1.x.JPEG"));
    keys.add(ShardWriter.key(2, "é ü"));
    keys.add(ShardWriter.key(3, "x".repeat(300)));
    assertThat(keys.get(0)).isEqualTo("00000001_n01_1-x");
    assertThat(keys.get(1)).isEqualTo("00000002_-");
    assertThat(keys.get(2)).hasSize(69);
  }
}
