package io.earlybird.data.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.data.TestShards;
import io.earlybird.model.file.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardSetTest {
  @TempDir Path directory;
  private ShardSet set;

  @BeforeEach
  void write() throws IOException {
    set = TestShards.write(directory, 20, 3, Set.of());
  }

  private ShardSet read() throws IOException {
    return ShardSet.read(directory.toString(), TestShards.HADOOP);
  }

  private void edit(String from, String to) throws IOException {
    Path index = directory.resolve("index.json");
    String text = Files.readString(index);
    assertThat(text).contains(from);
    Files.writeString(index, text.replace(from, to));
  }

  @Test
  void knowsItsShardsAndSamples() throws IOException {
    assertThat(set.samples()).isEqualTo(20);
    assertThat(set.samplesPerShard()).containsExactly(6, 7, 7);
    assertThat(set.classes()).containsExactly("a", "b", "c");
    assertThat(set.bytes()).isEqualTo(set.shards().stream().mapToLong(Shard::bytes).sum());
    assertThat(read()).isEqualTo(set);
    assertThat(ShardSet.read(directory.toUri().toString(), TestShards.HADOOP)).isEqualTo(set);
    set.checkFiles(TestShards.HADOOP);
  }

  @Test
  void itsFingerprintIsTheHashOfTheIndex() throws IOException {
    assertThat(set.fingerprint())
        .isEqualTo(Sha256.of(Files.readAllBytes(directory.resolve("index.json"))))
        .hasSize(64);
  }

  @Test
  void survivesTheWire() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(set);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(set);
    }
  }

  @Test
  void saysWhereThereAreNoShards() {
    assertThatThrownBy(() -> ShardSet.read(directory.resolve("none").toString(), TestShards.HADOOP))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("No shards at file:")
        .hasMessageContaining("none")
        .hasMessageContaining("make them with the command 'shard'");
  }

  @Test
  void namesAllMissingAndCutOffFilesAtOnce() throws IOException {
    Files.delete(directory.resolve("shard-000000.tar"));
    Files.delete(directory.resolve("shard-000001.idx"));
    Files.write(directory.resolve("shard-000002.tar"), new byte[100]);

    assertThatThrownBy(() -> set.checkFiles(TestShards.HADOOP))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("shard shard-000000.tar is missing")
        .hasMessageContaining("sidecar shard-000001.idx is missing")
        .hasMessageContaining("shard shard-000002.tar has 100 bytes, not ")
        .hasMessageContaining("make the shards again");
  }

  @Test
  void refusesAnIndexThatPointsOutOfItsDirectory() throws IOException {
    edit("shard-000001.tar", "../shard-000001.tar");
    assertThatThrownBy(this::read)
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("index.json")
        .hasMessageContaining("'../shard-000001.tar': must be a plain file name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd.tar",
        "..\\\\shard.tar",
        "sub/shard.tar",
        "file:///tmp/shard.tar",
        "hdfs://other:8020/shard.tar",
        "s3a:shard.tar",
        ".tar",
        "..tar",
        "shard-000001.tar/../x",
        "shard\\u0000.tar",
        "shard\\n.tar",
        "shard%2f..%2fx.tar",
        "shard.tar "
      })
  void refusesEveryNameThatIsNoPlainFileBesideIt(String name) throws IOException {
    edit("shard-000001.tar", name);
    assertThatThrownBy(this::read)
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("Invalid shard name")
        .hasMessageContaining("must be a plain file name")
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"samples\" : 7 | \"samples\" : -7 | -7 samples",
        "\"samples\" : 7 | \"samples\" : 2147483647 | 2147483647 samples",
        "\"samples\" : 7 | \"samples\" : 2147483648 | samples",
        "\"samples\" : 7 | \"samples\" : 7.5 | samples",
        "\"samples\" : 7 | \"samples\" : \"7\" | samples",
        "\"samples\" : 7 | \"samples\" : null | null",
        "\"a\", | null, | null",
        "\"format\" : 1, | \"format\" : 1, \"format\" : 1, | Duplicate",
        "\"shards\" : [ | \"shards\" : [ null, | null"
      })
  void refusesNumbersAndFieldsThatLie(String from, String to, String reason) throws IOException {
    edit(from, to);
    assertThatThrownBy(this::read)
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("index.json")
        .hasMessageContaining(reason)
        .hasMessageContaining("make the shards again");
  }

  @Test
  void refusesADeepIndexAndAHugeOne() throws IOException {
    Files.writeString(directory.resolve("index.json"), "{\"classes\":" + "[".repeat(1_000_000));
    assertThatThrownBy(this::read)
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("in classes[0] at line 1, column 13; make the shards again");
    try (RandomAccessFile huge =
        new RandomAccessFile(directory.resolve("index.json").toFile(), "rw")) {
      huge.setLength(IndexDocument.MAX_BYTES + 1L);
    }
    assertThatThrownBy(this::read)
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("more than 67108864 bytes");
  }

  @Test
  void aSidecarLongerThanItsSamplesIsNotReadToItsEnd() throws IOException {
    try (RandomAccessFile huge =
        new RandomAccessFile(directory.resolve("shard-000000.idx").toFile(), "rw")) {
      huge.setLength(1L << 40);
    }
    assertThatThrownBy(() -> SampleTable.read(set, 0, TestShards.HADOOP))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("Damaged sidecar");
  }

  @Test
  void refusesAShardListedTwice() throws IOException {
    edit("shard-000001.tar", "shard-000000.tar");
    assertThatThrownBy(this::read).hasMessageContaining("shard-000000.tar is listed twice");
  }

  @Test
  void refusesCountsThatDoNotAddUp() throws IOException {
    edit("\"samples\" : 20", "\"samples\" : 21");
    assertThatThrownBy(this::read)
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("20 samples together, not 21");
  }

  @Test
  void refusesWhatIsNoIndex() throws IOException {
    Files.writeString(directory.resolve("index.json"), "{\"format\": 1");
    assertThatThrownBy(this::read)
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("Invalid file:")
        .hasMessageContaining("make the shards again");
    Files.writeString(directory.resolve("index.json"), "{\"format\": 1, \"extra\": 2}");
    assertThatThrownBy(this::read).isInstanceOf(ShardException.class);
    Files.writeString(directory.resolve("index.json"), "null");
    assertThatThrownBy(this::read)
        .isInstanceOf(ShardException.class)
        .hasMessageEndingWith("it is null, must be a JSON object; make the shards again");
  }

  @Test
  void refusesAnotherFormat() throws IOException {
    edit("\"format\" : 1", "\"format\" : 7");
    assertThatThrownBy(this::read).hasMessageContaining("format 7, this version reads 1");
  }

  @Test
  void refusesALabelOutsideTheClasses() throws IOException {
    edit("[ \"a\", \"b\", \"c\" ]", "[ \"a\", \"b\" ]");
    ShardSet fewer = read();
    assertThatThrownBy(() -> SampleTable.read(fewer, 0, TestShards.HADOOP))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("shard-000000.idx")
        .hasMessageContaining("has label 2, outside the 2 classes");
  }

  @Test
  void refusesASidecarThatWasChangedOrIsMissing() throws IOException {
    Path sidecar = directory.resolve("shard-000000.idx");
    byte[] bytes = Files.readAllBytes(sidecar);
    bytes[bytes.length - 1] ^= 1;
    Files.write(sidecar, bytes);
    assertThatThrownBy(() -> SampleTable.read(set, 0, TestShards.HADOOP))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("Damaged sidecar")
        .hasMessageContaining("shard-000000.idx");
    Files.delete(sidecar);
    assertThatThrownBy(() -> SampleTable.read(set, 0, TestShards.HADOOP))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("Missing sidecar");
  }
}
