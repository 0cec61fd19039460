package io.earlybird.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;

/**
 * A Spark whose executors are processes of their own, with the class path of the test. A test class
 * that starts one is tagged {@code own-jvm}: {@link LocalSpark} holds the only context of the
 * process that the other tests share.
 */
public final class ExecutorJvms {
  private ExecutorJvms() {}

  /**
   * Settings of a {@code local-cluster} with one core per executor.
   *
   * @param executors number of executor processes
   * @param heapMebibytes heap of each, in MiB
   * @throws IOException if the directory that stands for the Spark home cannot be made
   */
  public static SparkConf conf(int executors, int heapMebibytes) throws IOException {
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    return new SparkConf()
        .setAppName("test")
        .setMaster("local-cluster[" + executors + ",1," + heapMebibytes + "]")
        .set("spark.executor.memory", heapMebibytes + "m")
        .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .set("spark.ui.enabled", "false");
  }
}
