package io.earlybird.spark.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants.DatanodeReportType;
import org.apache.hadoop.hdfs.server.datanode.DataNode;

/** A name node in this process, and data nodes that are processes of their own. */
final class Hdfs implements AutoCloseable {
  static final int NODES = 2;

  /** A node is dead after twice that and ten heartbeats: not because the machine is busy. */
  private static final int RECHECK_MILLIS = 10_000;

  private final Jvms jvms;
  private final Path directory;
  private final MiniDFSCluster nameNode;
  private final List<Process> nodes = new ArrayList<>();
  private final DistributedFileSystem files;

  Hdfs(Jvms jvms, Path directory) throws Exception {
    this.jvms = jvms;
    this.directory = directory;
    Configuration configuration = new Configuration();
    configuration.setInt("dfs.heartbeat.interval", 1);
    configuration.setInt("dfs.namenode.heartbeat.recheck-interval", RECHECK_MILLIS);
    configuration.setBoolean("dfs.namenode.datanode.registration.ip-hostname-check", false);
    nameNode =
        new MiniDFSCluster.Builder(configuration, directory.toFile()).numDataNodes(0).build();
    // The mini cluster has taken the number of its own data nodes, none, for the replication.
    Configuration client = new Configuration(nameNode.getConfiguration(0));
    client.setInt("dfs.replication", NODES);
    files = (DistributedFileSystem) FileSystem.newInstance(nameNode.getURI(), client);
    for (int node = 0; node < NODES; node++) {
      nodes.add(start(node));
    }
    awaitNodes();
  }

  private Process start(int node) throws IOException {
    List<String> arguments = new ArrayList<>();
    Map.of(
            "fs.defaultFS", uri(),
            "dfs.datanode.data.dir", directory.resolve("node-" + node).toUri().toString(),
            "dfs.datanode.address", "127.0.0.1:0",
            "dfs.datanode.ipc.address", "127.0.0.1:0",
            "dfs.datanode.http.address", "127.0.0.1:0",
            "dfs.datanode.hostname", "127.0.0.1",
            "dfs.heartbeat.interval", "1")
        .forEach((key, value) -> arguments.addAll(List.of("-D", key + "=" + value)));
    return jvms.start(
        "data-node-" + node, List.of("-Xmx128m"), Map.of(), DataNode.class, arguments);
  }

  String uri() {
    return nameNode.getURI().toString();
  }

  /** A client of it; the caller does not close it. */
  DistributedFileSystem files() {
    return files;
  }

  void kill(int node) throws InterruptedException {
    int unused = nodes.get(node).destroyForcibly().waitFor();
  }

  /** Starts the data nodes that do not run. */
  void restart() throws IOException {
    for (int node = 0; node < NODES; node++) {
      if (!nodes.get(node).isAlive()) {
        nodes.set(node, start(node));
      }
    }
  }

  void awaitNodes() throws Exception {
    Await.until(
        "all data nodes are alive",
        () -> files().getDataNodeStats(DatanodeReportType.LIVE).length == NODES);
  }

  /** All files below a directory. */
  List<FileStatus> below(String path) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    var files = files().listFiles(new org.apache.hadoop.fs.Path(path), true);
    while (files.hasNext()) {
      found.add(files.next());
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    nodes.forEach(Process::destroyForcibly);
    files.close();
    nameNode.shutdown();
  }
}
