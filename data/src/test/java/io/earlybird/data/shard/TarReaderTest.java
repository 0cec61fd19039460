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
      names.add(
          entry.get().name() + "=" + new String(reader.data(1000), StandardCharsets.US_ASCII));
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
  @ValueSource(
      strings = {"../a", "a/../../b", "a/..", "/etc/passwd", "a\\..\\b", "..", "", "a/", "/"})
  void refusesNamesThatLeadOutOfTheArchive(String name) {
    assertThatThrownBy(() -> names(archive(TarHeader.file(name, 5), hello(), 2)))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("Refused tar entry '" + name + "' in test.tar");
  }

  @Test
  void refusesNamesThatWouldDeceiveTheReaderOfALog() {
    assertThatThrownBy(() -> names(archive(TarHeader.file("a\nINFO all is well", 5), hello(), 2)))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("Refused tar entry 'a?INFO all is well'");
  }

  /** A header whose size field holds these bytes, with the checksum that belongs to them. */
  private static byte[] sized(byte[] field) {
    byte[] block = TarHeader.file("a", 5).toBlock();
    Arrays.fill(block, 124, 136, (byte) 0);
    System.arraycopy(field, 0, block, 124, field.length);
    return checked(block);
  }

  private static byte[] checked(byte[] block) {
    Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    byte[] digits = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, block, 148, digits.length);
    return Arrays.copyOf(block, 2048);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "+5", "0x5", "9", "5 5", "\u00b2", "77777777777"})
  void refusesSizesThatAreNoOctalNumberOfThisArchive(String field) {
    byte[] archive = sized(field.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> names(archive))
        .isInstanceOf(ShardException.class)
        .message()
        .containsAnyOf("is no octal number", "a number is too large", "the archive only 1536 more");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xff, 0x80, 0xbf})
  void refusesLargeAndNegativeSizesInBinary(int first) {
    byte[] field = new byte[12];
    Arrays.fill(field, (byte) 0xff);
    field[0] = (byte) first;
    byte[] archive = sized(field);
    assertThatThrownBy(() -> names(archive))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("test.tar at byte 0: a number is too large");
  }

  @Test
  void readsASizeInBinary() throws IOException {
    byte[] field = new byte[12];
    field[0] = (byte) 0x80;
    field[11] = 5;
    byte[] archive = sized(field);
    System.arraycopy(hello(), 0, archive, 512, 5);
    assertThat(names(archive)).containsExactly("a=hello");
  }

  @Test
  void refusesAFileThatIsLargerThanItsKindCanBe() {
    byte[] archive = archive(TarHeader.file("a", 1001), new byte[1001], 2);
    assertThatThrownBy(() -> names(archive))
        .isInstanceOf(ShardException.class)
        .hasMessage(
            "Refused tar entry 'a' at byte 512 of test.tar: 1001 bytes, more than 1000; leave it"
                + " out");
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2', '3', '4', '6', '7', 'L', 'K', 'S', 'V', '\u00ff', '\n'})
  void refusesEverythingButFilesAndFolders(char type) {
    byte[] block = TarHeader.file("a", 0).toBlock();
    block[156] = (byte) type;
    byte[] archive = checked(block);
    assertThatThrownBy(() -> names(archive))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("'a' is of kind '")
        .hasMessageContaining("not a regular file")
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"12 path=../../b\n", "11 size=9999\n", "9 GNU.sparse size=1\n"})
  void refusesExtraHeadersThatChangeNameOrSize(String extra) {
    byte[] bytes = extra.getBytes(StandardCharsets.US_ASCII);
    byte[] block = archive(new TarHeader("pax", bytes.length, 'x'), bytes, 2);
    assertThatThrownBy(() -> names(block))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("long names in PAX headers");
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
