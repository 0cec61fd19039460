package io.earlybird.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineThreadsTest {
  @TempDir private Path directory;

  @Test
  void areReadFromTheFile() throws IOException {
    assertThat(EngineThreads.of(file("earlybird.engine { name = dl4j, threads = 4 }")))
        .isEqualTo(4);
  }

  @Test
  void areOneWhereTheFileSaysNothing() throws IOException {
    assertThat(EngineThreads.of(file("earlybird.run.name = a"))).isEqualTo(1);
  }

  @Test
  void areOneWhereTheFileIsMissingOrBroken() throws IOException {
    assertThat(EngineThreads.of(directory.resolve("missing.conf"))).isEqualTo(1);
    assertThat(EngineThreads.of(file("earlybird { engine"))).isEqualTo(1);
    assertThat(EngineThreads.of(file("earlybird.engine.threads = many"))).isEqualTo(1);
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("run.conf"), content);
  }
}
