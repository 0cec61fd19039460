package io.earlybird.spark.faults;

import io.earlybird.data.ingest.Ingest;
import io.earlybird.data.ingest.IngestSettings;
import io.earlybird.data.ingest.SyntheticSource;
import io.earlybird.spark.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that a training needs, each part a process of its own, and shards in HDFS. */
final class Lab implements AutoCloseable {
  private final Jvms jvms;
  private final Station station = new Station();
  private final Hdfs hdfs;
  private final ScarceDisk shuffleDisk;
  private final SparkCluster cluster;
  private volatile Process driver;
  private volatile String driverLog;
  private volatile int driverLogBegins;

  private Lab(Path directory, ScarceDisk shuffleDisk) throws Exception {
    jvms = new Jvms(directory.resolve("logs"));
    Runtime.getRuntime().addShutdownHook(new Thread(jvms::killAll, "lab-shutdown"));
    hdfs = new Hdfs(jvms, Files.createDirectories(directory.resolve("hdfs")));
    this.shuffleDisk = shuffleDisk;
    cluster = new SparkCluster(jvms, directory, shuffleDisk.directory());
  }

  /** Starts everything and makes the shards. */
  static Lab open(Path directory) throws Exception {
    return open(directory, ScarceDisk.ofPermissions(directory.resolve("local")));
  }

  /** As {@link #open}, with a small file system for shuffle files where this user may mount one. */
  static Lab withSmallDisk(Path directory) throws Exception {
    return open(directory, ScarceDisk.ofSize(directory.resolve("local")));
  }

  private static Lab open(Path directory, ScarceDisk shuffleDisk) throws Exception {
    Lab lab = new Lab(directory, shuffleDisk);
    try {
      Ingest.run(
          new SyntheticSource(16, Training.SAMPLES, 24, 3, 1),
          new IngestSettings(lab.hdfs.uri() + "/shards", 1, 4, 1),
          lab.hdfs.files().getConf());
      return lab;
    } catch (IOException | InterruptedException | RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  Station station() {
    return station;
  }

  Hdfs hdfs() {
    return hdfs;
  }

  SparkCluster cluster() {
    return cluster;
  }

  ScarceDisk shuffleDisk() {
    return shuffleDisk;
  }

  /** The driver that runs, or the last one. */
  Process driver() {
    return driver;
  }

  /**
   * Starts a driver; its output goes to a log of that name.
   *
   * @param spark settings of Spark beside those that every training has
   */
  Process startDriver(String log, Map<String, String> spark, List<String> arguments)
      throws IOException {
    List<String> options = new ArrayList<>(List.of("-Xmx512m", announcements()));
    Map<String, String> all = new TreeMap<>(sparkSettings());
    all.putAll(spark);
    all.forEach((key, value) -> options.add("-D" + key + "=" + value));
    driverLog = log;
    driverLogBegins = output(log).length();
    driver = jvms.start(log, options, Map.of("SPARK_LOCAL_IP", "127.0.0.1"), Main.class, arguments);
    return driver;
  }

  private String announcements() {
    return "-D" + Announcer.PORT + "=" + station.port();
  }

  private Map<String, String> sparkSettings() {
    return Map.ofEntries(
        Map.entry("spark.driver.host", "127.0.0.1"),
        Map.entry("spark.ui.enabled", "false"),
        Map.entry("spark.executor.memory", "1g"),
        Map.entry("spark.executor.extraClassPath", System.getProperty("java.class.path")),
        Map.entry(
            "spark.executor.extraJavaOptions",
            String.join(" ", Jvms.SMALL)
                + " -Dorg.bytedeco.javacpp.maxphysicalbytes=0 "
                + announcements()),
        Map.entry("spark.shuffle.io.retryWait", "1s"),
        Map.entry("spark.plugins", AnnouncingPlugin.class.getName()),
        Map.entry(AnnouncingPlugin.ROUND_TASKS, "" + Training.REPLICAS),
        Map.entry("spark.hadoop.dfs.replication", "" + Hdfs.NODES),
        Map.entry("spark.hadoop.fs.hdfs.impl", AnnouncingFileSystem.class.getName()),
        Map.entry("spark.hadoop.fs.AbstractFileSystem.hdfs.impl", AnnouncingHdfs.class.getName()));
  }

  /** Whether the driver that runs, or the last one, has printed a text. */
  boolean driverSays(String text) throws IOException {
    return output(driverLog).indexOf(text, driverLogBegins) >= 0;
  }

  String output(String log) throws IOException {
    return jvms.output(log);
  }

  /**
   * Waits until nobody works for a driver any more.
   *
   * @throws AssertionError if an executor outlives it
   */
  void awaitNoExecutors() throws Exception {
    Await.until(
        "no executor is left of a driver that has ended",
        () -> cluster.executors().isEmpty(),
        () -> "left are " + jvms.describe(cluster.executors()));
  }

  /** Puts everything right that a training which failed may have left wrong. */
  void recover() throws Exception {
    stopDriver();
    shuffleDisk.giveBack();
    cluster.restart();
    hdfs.restart();
    hdfs.awaitNodes();
    Faults.restoreShards(this);
  }

  private void stopDriver() {
    station.tell(moment -> {});
    if (driver != null) {
      driver.destroyForcibly();
    }
  }

  /** Stops everything; processes that remain. */
  private List<ProcessHandle> stop() throws Exception {
    stopDriver();
    cluster.close();
    hdfs.close();
    for (int i = 0; i < 600 && !jvms.living().isEmpty(); i++) {
      Thread.sleep(50);
    }
    List<ProcessHandle> left = jvms.living();
    left.forEach(ProcessHandle::destroyForcibly);
    shuffleDisk.close();
    station.close();
    return left;
  }

  @Override
  public void close() throws Exception {
    List<ProcessHandle> left = stop();
    if (!left.isEmpty()) {
      throw new AssertionError("Processes outlive everything: " + jvms.describe(left));
    }
  }
}
