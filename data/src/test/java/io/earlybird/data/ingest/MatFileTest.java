package io.earlybird.data.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.data.shard.ShardException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
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

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 140, 300})
  void refusesAFileCutOff(int length) throws IOException {
    byte[] cut = Arrays.copyOf(golden("meta-plain.mat"), length);
    assertThatThrownBy(() -> MatFile.wordNetIds(cut))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("Invalid meta.mat");
  }
}
