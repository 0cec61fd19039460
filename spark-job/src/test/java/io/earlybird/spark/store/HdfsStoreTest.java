package io.earlybird.spark.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same rules on a real name node with two data nodes. */
class HdfsStoreTest {
  @TempDir private static Path files;

  private static MiniDFSCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, files.toString());
    cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(2).build();
    cluster.waitActive();
  }

  @AfterAll
  static void stop() {
    cluster.shutdown();
  }

  @Test
  void aFileIsReplacedWhole() {
    FileStore store = store("/replaced");
    store.writeText("manifest.json", "old");
    store.writeText("manifest.json", "new");
    assertThat(store.readText("manifest.json")).isEqualTo("new");
    assertThatThrownBy(
            () ->
                store.write(
                    "manifest.json",
                    out -> {
                      out.write('x');
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Cannot write hdfs://");
    assertThat(store.readText("manifest.json")).isEqualTo("new");
    assertThat(store.list()).containsExactly("manifest.json");
  }

  @Test
  void aDirectoryWithoutSpaceIsNamedAndNothingIsLeft() throws Exception {
    FileStore store = store("/full");
    store.writeText("file", "x");
    cluster
        .getFileSystem()
        .setQuota(new org.apache.hadoop.fs.Path("/full"), HdfsConstants.QUOTA_DONT_SET, 1);
    assertThatThrownBy(() -> store.writeText("checkpoint", "x".repeat(1 << 20)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Cannot write hdfs://")
        .hasMessageContaining("/full/checkpoint: The DiskSpace quota of /full is exceeded");
    assertThatThrownBy(() -> store.createExclusively("attempt", new byte[1]))
        .hasMessageContaining("The DiskSpace quota of /full is exceeded");
    assertThat(store.list()).contains("file").noneMatch(Names::temporary);
  }

  @Test
  void aWriterWhoseDirectoryIsDeletedChangesNothingMore() {
    WriterRules.hold(store("/writer"));
  }

  @Test
  void ofManyExclusiveCreationsExactlyOneSucceeds() throws Exception {
    FileStore store = store("/exclusive");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
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
  }

  @Test
  void directoriesListAndDelete() {
    FileStore store = store("/listed");
    assertThat(store.list()).isEmpty();
    store.writeText("b/c", "x");
    store.writeText("a", "x");
    assertThat(store.list()).containsExactly("a", "b");
    assertThat(store.exists("b/c")).isTrue();
    store.delete("b");
    store.delete("none");
    assertThat(store.list()).containsExactly("a");
  }

  @Test
  void aDirectoryOfAnotherUserIsNamedAsForbidden() throws Exception {
    store("/owned").writeText("file", "x");
    UserGroupInformation stranger =
        UserGroupInformation.createUserForTesting("stranger", new String[] {"others"});
    PrivilegedExceptionAction<Void> write =
        () -> {
          store("/owned").requireWritable();
          return null;
        };
    assertThatThrownBy(() -> stranger.doAs(write))
        .hasMessageContaining("No permission to write hdfs://")
        .hasMessageContaining("/owned");
  }

  private static FileStore store(String path) {
    return FileStore.at(cluster.getURI() + path, Clients.prompt(cluster.getConfiguration(0)));
  }
}
