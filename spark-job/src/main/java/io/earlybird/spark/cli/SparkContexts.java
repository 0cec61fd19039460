package io.earlybird.spark.cli;

import io.earlybird.spark.round.Transport;
import io.earlybird.spark.store.Clients;
import io.earlybird.spark.submit.ClusterKind;
import io.earlybird.spark.submit.ExecutorMemory;
import io.earlybird.spark.submit.Master;
import io.earlybird.spark.submit.MemoryEstimate;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Opens Spark the way that replicas need it. */
final class SparkContexts {
  private static final long MEBI = 1 << 20;

  /** Where masters and workers of a standalone cluster find their secret, and so its drivers. */
  private static final String SECRET_VARIABLE = "_SPARK_AUTH_SECRET";

  private SparkContexts() {}

  /**
   * Opens a context; the caller closes it.
   *
   * @param threads of one replica, which are the cores of a task
   * @param memory that tasks need, where that is known
   */
  static JavaSparkContext open(
      Master master, String name, int threads, Optional<MemoryEstimate> memory) {
    SparkConf conf =
        Transport.configure(new SparkConf(), threads)
            .setMaster(master.url())
            .setAppName("earlybird " + name)
            .setIfMissing("spark.ui.showConsoleProgress", "false");
    memory.ifPresent(
        estimate -> {
          conf.setIfMissing("spark.driver.maxResultSize", estimate.resultBytes() / MEBI + "m");
          ExecutorMemory.announce(estimate, conf);
        });
    String secret = System.getenv(SECRET_VARIABLE);
    if (secret != null && master.kind() == ClusterKind.STANDALONE) {
      conf.set(
          "spark.authenticate.secret", secret); // which Spark itself keeps off its pages and logs
    }
    Clients.promptProperties()
        .forEach((key, value) -> conf.setIfMissing("spark.hadoop." + key, value));
    return new JavaSparkContext(conf);
  }
}
