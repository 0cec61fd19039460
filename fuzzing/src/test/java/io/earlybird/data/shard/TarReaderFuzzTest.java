package io.earlybird.data.shard;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TarReaderFuzzTest {
  private static final int MOST = 1000;

  static Stream<Arguments> seeds() {
    return Stream.of(
            archive("a.jpg", '0', 5),
            archive("folder/", '5', 0),
            archive("pax", 'x', 30),
            archive("link", '2', 0))
        .map(file -> Arguments.of((Object) file));
  }

  private static byte[] archive(String name, char type, int size) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new TarHeader(name, size, type).toBlock());
    out.writeBytes(Arrays.copyOf("17 comment=a=b\n".getBytes(StandardCharsets.US_ASCII), 512));
    out.writeBytes(TarHeader.file("b.cls", 1).toBlock());
    out.writeBytes(new byte[3 * TarHeader.BLOCK]);
    return out.toByteArray();
  }

  /** Lets changed headers pass: a fuzzer does not find checksums. */
  private static void correctChecksums(byte[] archive) {
    for (int at = 0; at + TarHeader.BLOCK <= archive.length; at += TarHeader.BLOCK) {
      if (archive[at + 257] == 'u' && archive[at + 258] == 's') {
        Arrays.fill(archive, at + 148, at + 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < TarHeader.BLOCK; i++) {
          sum += archive[at + i] & 0xff;
        }
        byte[] digits = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, archive, at + 148, digits.length);
      }
    }
  }

  @MethodSource("seeds")
  @FuzzTest
  void namesStayInsideAndSizesInTheArchive(byte[] input) throws IOException {
    byte[] archive = input.clone();
    correctChecksums(archive);
    TarReader reader =
        new TarReader(new ByteArrayInputStream(archive), "fuzz.tar", 0, archive.length);
    try {
      Optional<TarHeader> entry = reader.next();
      while (entry.isPresent()) {
        String name = entry.get().name();
        assertThat(name).isNotEmpty().doesNotStartWith("/").doesNotContain("\\", "\0", "\n");
        assertThat(name.split("/", -1)).doesNotContain("..");
        assertThat(reader.dataOffset() + entry.get().size()).isLessThanOrEqualTo(archive.length);
        assertThat(reader.data(MOST)).hasSize((int) entry.get().size());
        entry = reader.next();
      }
    } catch (ShardException e) {
      assertThat(e).hasMessageContaining("fuzz.tar");
    }
  }
}
