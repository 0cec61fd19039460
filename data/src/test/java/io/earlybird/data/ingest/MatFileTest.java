package io.earlybird.data.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.data.shard.ShardException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatFileTest {
  static byte[] golden(String name) throws IOException {
    try (InputStream in = MatFileTest.class.getResourceAsStream("/golden/devkit/" + name)) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"meta-compressed.mat", "meta-plain.mat"})
  void readsTheWordNetIdsOfEveryClass(String name) throws IOException {
    assertThat(MatFile.wordNetIds(golden(name)))
        .isEqualTo(Map.of(1, "n02119789", 2, "n01440764", 3, "n03444034", 300, "n01443537"));
  }

  @Test
  void whateverByteIsWrongItReadsOrRefuses() throws IOException {
    byte[] whole = golden("meta-plain.mat");
    for (int i = 126; i < whole.length; i++) {
      for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
        byte[] wrong = whole.clone();
        wrong[i] = (byte) value;
        assertThatCode(
                () -> {
                  try {
                    assertThat(MatFile.wordNetIds(wrong)).isNotEmpty();
                  } catch (ShardException e) {
                    assertThat(e).hasMessageContaining("copy the devkit again");
                  }
                })
            .as("byte %d is %d", i, value)
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void refusesWhatUnpacksToManyMegabytes() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      for (int i = 0; i < 100; i++) {
        out.write(new byte[1 << 20]);
      }
    }
    ByteBuffer file = ByteBuffer.allocate(136 + packed.size()).order(ByteOrder.LITTLE_ENDIAN);
    file.putShort(126, (short) 0x4d49).putInt(128, 15).putInt(132, packed.size());
    file.position(136).put(packed.toByteArray());
    assertThatThrownBy(() -> MatFile.wordNetIds(file.array()))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("meta.mat: it holds more than 67108864 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 140, 300})
  void refusesAFileCutOff(int length) throws IOException {
    byte[] cut = Arrays.copyOf(golden("meta-plain.mat"), length);
    assertThatThrownBy(() -> MatFile.wordNetIds(cut))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("Invalid meta.mat");
  }
}
