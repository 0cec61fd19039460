package io.earlybird.spark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest {
  @TempDir private Path directory;

  @Test
  void whatIsWrittenIsReadAndNothingElseAppears() {
    FileStore store = store();
    store.directory("a/b").writeText("c.json", "{}");
    store.directory("a").writeText("b/c.json", "{1}");
    assertThat(store.readText("a/b/c.json")).isEqualTo("{1}");
    assertThat(store.directory("a/b").list()).containsExactly("c.json");
    assertThat(store.list()).containsExactly("a");
  }

  @Test
  void aWriteThatFailsLeavesTheOldFileAndNoOther() {
    FileStore store = store();
    store.writeText("manifest.json", "old");
    assertThatThrownBy(
            () ->
                store.write(
                    "manifest.json",
                    out -> {
                      out.write('n');
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(StoreException.class)
        .hasMessage("Cannot write " + store.uri() + "/manifest.json: disk full");
    assertThat(store.readText("manifest.json")).isEqualTo("old");
    assertThat(store.list()).containsExactly("manifest.json");
  }

  @Test
  void leftoversOfAKilledProcessAreDeletedAndNothingElse() throws IOException {
    FileStore store = store();
    store.writeText("events.jsonl", "x");
    Files.writeString(directory.resolve(Names.temporaryFor("events.jsonl")), "half");
    store.deleteLeftovers();
    assertThat(store.list()).containsExactly("events.jsonl");
  }

  @Test
  void ofManyExclusiveCreationsExactlyOneSucceeds() throws Exception {
    FileStore store = store();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        byte[] content = {(byte) i};
        tries.add(() -> store.createExclusively("attempts/attempt-1", content));
      }
      int created = 0;
      for (Future<Boolean> outcome : threads.invokeAll(tries)) {
        created += outcome.get() ? 1 : 0;
      }
      assertThat(created).isEqualTo(1);
    } finally {
      threads.shutdown();
    }
    assertThat(store.read("attempts/attempt-1")).hasSize(1);
    assertThat(store.directory("attempts").list()).containsExactly("attempt-1");
  }

  @Test
  void aMissingDirectoryListsNothingAndDeletingNothingIsFine() {
    assertThat(store().directory("none").list()).isEmpty();
    store().delete("none");
  }

  @Test
  void deletingADirectoryTakesAllThatIsInIt() {
    FileStore store = store();
    store.writeText("a/b/c", "x");
    store.delete("a");
    assertThat(store.list()).isEmpty();
  }

  @Test
  void aWriterWhoseDirectoryIsDeletedChangesNothingMore() {
    WriterRules.hold(store());
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> store().read("none.json"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("none.json: no such file or directory");
  }

  @Test
  void aDirectoryWithoutWritePermissionIsNamedWithTheUser() throws IOException {
    Path locked = Files.createDirectory(directory.resolve("locked"));
    assertThat(locked.toFile().setWritable(false)).isTrue();
    assumeFalse(Files.isWritable(locked), "the superuser may write everywhere");
    FileStore store = FileStore.at(locked.toString(), new Configuration());
    assertThatThrownBy(store::requireWritable)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("No permission to write " + store.uri())
        .hasMessageContaining("grant it or choose another directory");
  }

  @Test
  void aFileSystemThatTakesNoFilesIsNamedWithTheUser() {
    FileStore store = FileStore.at("/sys/earlybird", new Configuration());
    assertThatThrownBy(store::requireWritable)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("No permission to write file:///sys/earlybird");
  }

  @Test
  void anUnreachableNameNodeIsNamedWithinSeconds() {
    Instant start = Instant.now();
    assertThatThrownBy(
            () ->
                FileStore.at("hdfs://127.0.0.1:1/runs/a", Clients.configuration())
                    .requireWritable())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Cannot reach hdfs://127.0.0.1:1/runs/a")
        .hasMessageContaining("check host and port of the URI");
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void anUnknownHostIsNamed() {
    assertThatThrownBy(
            () ->
                FileStore.at("hdfs://no-such-host.invalid:8020/a", Clients.configuration()).list())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Cannot reach hdfs://no-such-host.invalid:8020/a");
  }

  @Test
  void anUnknownSchemeIsNamed() {
    assertThatThrownBy(() -> FileStore.at("ftq://host/a", new Configuration()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("ftq");
  }

  @Test
  void aPathWithoutSchemeIsLocalUnlessADefaultFileSystemIsConfigured() {
    assertThat(FileStore.at("/a/b", new Configuration()).uri()).isEqualTo("file:///a/b");
    Configuration configuration = new Configuration();
    configuration.set("fs.defaultFS", "hdfs://127.0.0.1:1");
    assertThat(FileStore.at("/a/b", configuration).uri()).isEqualTo("hdfs://127.0.0.1:1/a/b");
  }

  private FileStore store() {
    return FileStore.at(directory.toString(), new Configuration());
  }
}
