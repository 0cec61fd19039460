package io.earlybird.spark.yarn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.spark.store.FileStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobArchiveTest {
  @TempDir private Path directory;
  private Path jars;

  @BeforeEach
  void makeJars() throws IOException {
    jars = Files.createDirectories(directory.resolve("jars"));
    Files.writeString(jars.resolve("spark-core-3.jar"), "spark");
    Files.writeString(jars.resolve("earlybird-model-1.jar"), "model");
    Files.writeString(jars.resolve("notes.txt"), "no jar");
  }

  @Test
  void holdsTheJarsAndTheFileOfTheShellUncompressed() throws IOException {
    String uri = JobArchive.in(jars).put(store());

    List<String> names = new ArrayList<>();
    try (ZipFile zip = new ZipFile(Path.of(URI.create(uri)).toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        names.add(entry.getName());
        assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
        assertThat(zip.getInputStream(entry).readAllBytes()).isEqualTo(content(entry.getName()));
      }
    }
    assertThat(names)
        .containsExactly("earlybird-model-1.jar", "spark-core-3.jar", ContainerShell.FILE);
  }

  private byte[] content(String name) throws IOException {
    return name.equals(ContainerShell.FILE)
        ? ContainerShell.content()
        : Files.readAllBytes(jars.resolve(name));
  }

  @Test
  void isPutOnce() throws IOException {
    String uri = JobArchive.in(jars).put(store());
    Files.writeString(Path.of(URI.create(uri)), "left alone");
    assertThat(JobArchive.in(jars).put(store())).isEqualTo(uri);
    assertThat(Path.of(URI.create(uri))).hasContent("left alone");
  }

  @Test
  void anotherBuildHasAnotherName() throws IOException {
    String name = JobArchive.in(jars).name();
    assertThat(name).matches("earlybird-[0-9a-f]{12}\\.zip");
    assertThat(JobArchive.in(jars).name()).isEqualTo(name);
    Files.writeString(jars.resolve("earlybird-model-1.jar"), "Model");
    assertThat(JobArchive.in(jars).name()).isNotEqualTo(name);
  }

  @Test
  void twoJarsOfOneNameOrNoneAreRefused() {
    assertThatThrownBy(() -> JobArchive.of(List.of(Path.of("a/x.jar"), Path.of("b/x.jar"))))
        .hasMessage("Cannot put two jars of one name into a job archive: a/x.jar and b/x.jar");
    assertThatThrownBy(() -> JobArchive.of(List.of()))
        .hasMessage("Cannot make a job archive of no jars");
  }

  private FileStore store() {
    return FileStore.at(directory.resolve("archives").toString(), new Configuration());
  }
}
