package io.earlybird.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** The one Spark of all tests of a process: two task slots in the driver itself. */
public final class LocalSpark {
  private static final JavaSparkContext CONTEXT = start();

  private LocalSpark() {}

  /** The shared context; not to be stopped. */
  public static JavaSparkContext context() {
    return CONTEXT;
  }

  private static JavaSparkContext start() {
    return new JavaSparkContext(
        new SparkConf()
            .setAppName("test")
            .setMaster("local[2]")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1"));
  }
}
