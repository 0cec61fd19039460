package io.earlybird.data.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.data.TestShards;
import io.earlybird.data.shard.ShardSet;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardVerifierTest {
  @TempDir Path directory;

  private VerifyReport verify(ShardSet set) throws InterruptedException {
    return ShardVerifier.verify(set, TestShards.HADOOP, 2);
  }

  private void overwrite(long offset, int value) throws IOException {
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("shard-000001.tar").toFile(), "rw")) {
      file.seek(offset);
      file.write(value);
    }
  }

  @Test
  void findsNothingWrongWithASoundDataSet() throws Exception {
    ShardSet set = TestShards.write(directory, 20, 3, Set.of());
    VerifyReport report = verify(set);

    assertThat(report.problems()).isEmpty();
    assertThat(report.sound()).isTrue();
    assertThat(report.shards()).isEqualTo(3);
    assertThat(report.samples()).isEqualTo(20);
    assertThat(report.bytes()).isEqualTo(set.bytes());
  }

  @Test
  void findsAChangedImage() throws Exception {
    ShardSet set = TestShards.write(directory, 20, 3, Set.of());
    overwrite(600, 99);

    assertThat(verify(set).problems())
        .anyMatch(text -> text.contains("shard-000001.tar: its SHA-256 is"))
        .anyMatch(text -> text.contains("sample 0 at offset 512 has another checksum"))
        .hasSizeBetween(2, 3);
  }

  @Test
  void findsAChangedLabel() throws Exception {
    ShardSet set = TestShards.write(directory, 20, 3, Set.of());
    long image = (Files.size(directory.resolve("shard-000001.tar")) - 1024) / 7 - 1024;
    overwrite(image + 512, '9');

    assertThat(verify(set).problems())
        .anyMatch(
            text -> text.matches(".*sample 0 at offset 512 has label '9', the sidecar says .*"))
        .anyMatch(text -> text.contains("its SHA-256 is"));
  }

  @Test
  void findsUndecodableImagesAndGoesOn() throws Exception {
    ShardSet set = TestShards.write(directory, 20, 3, Set.of(3, 8));

    assertThat(verify(set).problems())
        .hasSize(2)
        .allMatch(text -> text.contains("neither a JPEG nor a PNG image (3 bytes)"));
  }

  @Test
  void findsTruncatedAndMissingFiles() throws Exception {
    ShardSet set = TestShards.write(directory, 20, 3, Set.of());
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("shard-000001.tar").toFile(), "rw")) {
      file.setLength(3000);
    }
    Files.delete(directory.resolve("shard-000000.idx"));
    Files.delete(directory.resolve("shard-000002.tar"));

    assertThat(verify(set).problems())
        .anyMatch(text -> text.contains("shard-000001.tar: it has 3000 bytes, index.json says"))
        .anyMatch(text -> text.contains("Truncated tar"))
        .anyMatch(text -> text.contains("Missing sidecar"))
        .anyMatch(text -> text.contains("shard-000002.tar"));
  }
}
