package io.earlybird.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountedFilesTest {
  @TempDir private Path directory;

  @Test
  void settingsTravelWithTheUsersOwnFiles() throws IOException {
    Path own = Files.createDirectory(directory.resolve("own"));
    Files.writeString(own.resolve("log4j2.properties"), "log");
    Files.createDirectory(own.resolve("folder"));
    Path settings = Files.writeString(directory.resolve("night.conf"), "settings");
    Path made = MountedFiles.prepare(directory.resolve("work/7"), Optional.of(own), settings);

    assertThat(made.resolve("night.conf")).hasContent("settings");
    assertThat(made.resolve("log4j2.properties")).hasContent("log");
    assertThat(made.toFile().list()).hasSize(2);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rwx------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark-defaults.conf", "spark.conf", "a night.conf", "night.json"})
  void aNameThatWouldNotArriveIsRefused(String name) {
    Path settings = directory.resolve(name);

    assertThatThrownBy(() -> MountedFiles.prepare(directory, Optional.empty(), settings))
        .isInstanceOf(SubmitRefusedException.class)
        .hasMessageContaining("Cannot send --conf " + settings);
  }
}
