package io.earlybird.spark.yarn;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * A real HDFS and a real YARN in one process: name node, data node, resource manager, node
 * managers.
 *
 * <p>{@code MiniCluster DIRECTORY NODES MEBIBYTES} keeps everything below the directory, which has
 * to be its working directory too, gives each node so much memory, writes the clients'
 * configuration to {@code DIRECTORY/conf}, which is what {@code HADOOP_CONF_DIR} has to name, and
 * runs until its standard input ends.
 */
final class MiniCluster {
  /** Queue beside {@code default}. */
  static final String NIGHTLY = "nightly";

  private static final int CONNECT_MILLIS = 60_000;

  private MiniCluster() {}

  /** Runs until standard input ends. */
  public static void main(String[] arguments) {
    Thread input = new Thread(MiniCluster::endWithInput, "input");
    input.setDaemon(true);
    input.start();
    try {
      start(
          Path.of(arguments[0]).toAbsolutePath(),
          Integer.parseInt(arguments[1]),
          Integer.parseInt(arguments[2]));
    } catch (IOException
        | YarnException
        | RuntimeException
        | InterruptedException
        | LinkageError e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  /** The servers keep nothing that outlasts a test: they are not closed one by one. */
  private static void endWithInput() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // as at the end
    }
    Runtime.getRuntime().halt(0);
  }

  private static void start(Path directory, int nodes, int mebibytes)
      throws IOException, YarnException, InterruptedException {
    MiniDFSCluster hdfs =
        new MiniDFSCluster.Builder(hdfsConfiguration(), directory.resolve("hdfs").toFile())
            .numDataNodes(1)
            .build();
    hdfs.waitActive();
    makeOpenDirectories(hdfs.getFileSystem());
    MiniYARNCluster yarn = new MiniYARNCluster("yarn", nodes, 1, 1);
    yarn.init(yarnConfiguration(hdfs.getURI().toString(), directory, mebibytes));
    yarn.start();
    if (!yarn.waitForNodeManagersToConnect(CONNECT_MILLIS)) {
      throw new IllegalStateException("The node managers did not connect");
    }
    write(yarn.getConfig(), directory.resolve("conf"));
  }

  private static Configuration hdfsConfiguration() {
    Configuration hdfs = new Configuration();
    hdfs.setInt("dfs.replication", 1);
    return hdfs;
  }

  private static void makeOpenDirectories(FileSystem files) throws IOException {
    for (String name : List.of("/tmp/logs", "/user/" + System.getProperty("user.name"))) {
      org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(name);
      files.mkdirs(path);
      files.setPermission(path, new FsPermission((short) 01777));
    }
  }

  private static Configuration yarnConfiguration(String root, Path directory, int mebibytes) {
    YarnConfiguration yarn = new YarnConfiguration();
    yarn.set("fs.defaultFS", root);
    yarn.setInt("dfs.replication", 1);
    yarn.setInt(YarnConfiguration.NM_PMEM_MB, mebibytes);
    yarn.setInt(YarnConfiguration.NM_VCORES, 4);
    yarn.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, 64);
    yarn.setInt("yarn.scheduler.maximum-allocation-mb", mebibytes);
    // The virtual memory of a JVM with native libraries says nothing; the resident one is watched.
    yarn.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
    yarn.setBoolean(YarnConfiguration.NM_PMEM_CHECK_ENABLED, true);
    yarn.setFloat(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, 100);
    yarn.set(YarnConfiguration.NM_USER_HOME_DIR, directory.toString());
    yarn.setBoolean(YarnConfiguration.LOG_AGGREGATION_ENABLED, true);
    yarn.set(YarnConfiguration.NM_REMOTE_APP_LOG_DIR, "/tmp/logs");
    yarn.set(
        "yarn.scheduler.capacity.resource-calculator",
        "org.apache.hadoop.yarn.util.resource.DominantResourceCalculator");
    // A driver takes more than a tenth of a cluster as small as this one.
    yarn.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
    yarn.set("yarn.scheduler.capacity.root.queues", "default," + NIGHTLY);
    for (String queue : List.of("default", NIGHTLY)) {
      String prefix = String.format(Locale.ROOT, "yarn.scheduler.capacity.root.%s.", queue);
      yarn.set(prefix + "capacity", "50");
      yarn.set(prefix + "maximum-capacity", "100");
      yarn.set(prefix + "user-limit-factor", "4");
    }
    return yarn;
  }

  /** One file is enough: the clients read all of core-site, hdfs-site and yarn-site. */
  private static void write(Configuration configuration, Path directory) throws IOException {
    Files.createDirectories(directory);
    Path temporary = directory.resolve("writing");
    try (OutputStream out = Files.newOutputStream(temporary)) {
      configuration.writeXml(out);
    }
    Files.writeString(directory.resolve("yarn-site.xml"), Files.readString(temporary));
    Files.move(temporary, directory.resolve("core-site.xml"));
  }
}
