package io.earlybird.spark.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsFuzzTest {
  private Path file;

  static Stream<Arguments> seeds() {
    return Stream.of(
            "earlybird { run.epochs = 3, data { train = /a, validation = /b } }",
            "earlybird.sparsity.early-bird.ratios = [0.3, 0.5]\na = ${earlybird.run.seed}",
            "{\"earlybird\": {\"optimizer\": {\"learning-rate\": \"0.1\"}}}")
        .map(text -> Arguments.of((Object) text.getBytes(StandardCharsets.UTF_8)));
  }

  @BeforeEach
  void create() throws IOException {
    file = Files.createTempFile("settings", ".conf");
  }

  @AfterEach
  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  @MethodSource("seeds")
  @FuzzTest
  void settingsAreLoadedOrAllProblemsAreNamed(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    try {
      Settings settings = Settings.load(file, List.of());
      assertThat(settings.json()).isNotBlank();
    } catch (ConfigException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
