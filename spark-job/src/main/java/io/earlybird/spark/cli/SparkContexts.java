package io.earlybird.spark.cli;

import io.earlybird.spark.store.Clients;
import io.earlybird.spark.submit.Master;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Opens Spark the way that replicas need it. */
final class SparkContexts {
  private static final long MEBI = 1 << 20;

  private SparkContexts() {}

  /**
   * Opens a context; the caller closes it.
   *
   * @param threads of one replica, which are the cores of a task
   * @param resultBytes that one job may bring to the driver
   */
  static JavaSparkContext open(Master master, String name, int threads, long resultBytes) {
    SparkConf conf =
        new SparkConf()
            .setMaster(master.url())
            .setAppName("earlybird " + name)
            .set("spark.task.cpus", Integer.toString(threads))
            .set("spark.speculation", "false")
            // Weights hardly compress, and what travels in a round is weights.
            .setIfMissing("spark.broadcast.compress", "false")
            .setIfMissing("spark.shuffle.compress", "false")
            .setIfMissing("spark.driver.maxResultSize", Math.max(1024, resultBytes / MEBI) + "m")
            .setIfMissing("spark.ui.showConsoleProgress", "false");
    Clients.promptProperties()
        .forEach((key, value) -> conf.setIfMissing("spark.hadoop." + key, value));
    return new JavaSparkContext(conf);
  }
}
