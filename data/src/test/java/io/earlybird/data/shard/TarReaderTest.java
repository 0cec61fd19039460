package io.earlybird.data.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarReaderTest {
  private static byte[] archive(TarHeader header, byte[] data, int zeroBlocks) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header.toBlock());
    out.writeBytes(data);
    out.writeBytes(new byte[(TarHeader.BLOCK - data.length % TarHeader.BLOCK) % TarHeader.BLOCK]);
    out.writeBytes(new byte[zeroBlocks * TarHeader.BLOCK]);
    return out.toByteArray();
  }

  private static List<String> names(byte[] archive) throws IOException {
    TarReader reader =
        new TarReader(new ByteArrayInputStream(archive), "test.tar", 0, archive.length);
    List<String> names = new ArrayList<>();
    Optional<TarHeader> entry = reader.next();
    while (entry.isPresent()) {
      names.add(entry.get().name() + "=" + new String(reader.data(), StandardCharsets.US_ASCII));
      entry = reader.next();
    }
    return names;
  }

  private static byte[] hello() {
    return "hello".getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void readsWhatAnotherProgramWrote() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      tar.putArchiveEntry(new TarArchiveEntry("folder/"));
      tar.closeArchiveEntry();
      for (String name : List.of("folder/a.txt", "b.txt")) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(5);
        tar.putArchiveEntry(entry);
        tar.write(hello());
        tar.closeArchiveEntry();
      }
    }
    assertThat(names(out.toByteArray())).containsExactly("folder/a.txt=hello", "b.txt=hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a", "a/../../b", "/etc/passwd", "a\\..\\b", ".."})
  void refusesNamesThatLeadOutOfTheArchive(String name) {
    assertThatThrownBy(() -> names(archive(TarHeader.file(name, 5), hello(), 2)))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("Refused tar entry '" + name + "' in test.tar");
  }

  @ParameterizedTest
  @ValueSource(longs = {4000, 1L << 32})
  void refusesASizeThatLies(long size) {
    assertThatThrownBy(() -> names(archive(TarHeader.file("a", size), hello(), 2)))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("entry 'a'")
        .hasMessageContaining("has " + size + " bytes, the archive only 1536 more");
  }

  @Test
  void refusesLinks() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      TarArchiveEntry link = new TarArchiveEntry("a", TarConstants.LF_SYMLINK);
      link.setLinkName("/etc/passwd");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
    assertThatThrownBy(() -> names(out.toByteArray()))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("'a' is of kind '2', not a regular file")
        .hasMessageContaining("tar --format=ustar");
  }

  @Test
  void refusesAChangedHeaderAndAMissingEnd() {
    byte[] archive = archive(TarHeader.file("a", 5), hello(), 2);
    archive[0] = 'b';
    assertThatThrownBy(() -> names(archive))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("test.tar at byte 0: its checksum is wrong");
    assertThatThrownBy(() -> names(archive(TarHeader.file("a", 5), hello(), 0)))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("Truncated tar test.tar: it ends at byte 1024 without an end mark");
  }

  @Test
  void refusesAnArchiveCutOffAnywhere() {
    byte[] whole = archive(TarHeader.file("a", 5), hello(), 2);
    for (int length = 0; length < 1500; length += 100) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> names(cut))
          .as("cut to %d", length)
          .isInstanceOf(ShardException.class)
          .hasMessageContaining("Truncated tar test.tar");
    }
  }
}
