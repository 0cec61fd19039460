package io.earlybird.benchmarks.epoch;

import io.earlybird.spark.batches.TrainingData;
import io.earlybird.spark.dl4j.Dl4jSparkRounds;
import io.earlybird.spark.round.ResidentRounds;
import io.earlybird.spark.round.Rounds;
import org.apache.spark.api.java.JavaSparkContext;

/** The ways to train an epoch on Spark that can be compared. */
enum Averager {
  /** Replicas of the dl4j engine that stay open on the executors. */
  RESIDENT_DL4J("resident-dl4j", "dl4j"),
  /** Replicas of the torch engine that stay open on the executors. */
  RESIDENT_TORCH("resident-torch", "torch"),
  /** dl4j-spark with the layers of the dl4j engine. */
  DL4J_SPARK("dl4j-spark", "dl4j"),
  /** dl4j-spark with the layers that DL4J comes with. */
  DL4J_SPARK_STOCK("dl4j-spark-stock", "dl4j");

  private static final int STOCK_EPOCHS = 2;

  private final String label;
  private final String engine;

  Averager(String label, String engine) {
    this.label = label;
    this.engine = engine;
  }

  /** As the command line names it. */
  @Override
  public String toString() {
    return label;
  }

  /** Engine of its replicas, by name. */
  String engine() {
    return engine;
  }

  /** In how many epochs it takes part at most: stock layers take minutes for one. */
  int epochs() {
    return this == DL4J_SPARK_STOCK ? STOCK_EPOCHS : Integer.MAX_VALUE;
  }

  Rounds rounds(JavaSparkContext spark, EpochTask task, TrainingData data) {
    return switch (this) {
      case RESIDENT_DL4J, RESIDENT_TORCH -> new ResidentRounds(spark, task.averaging(), data);
      case DL4J_SPARK -> new Dl4jSparkRounds(spark, task.averaging(), data, task.batchSize());
      case DL4J_SPARK_STOCK -> new StockRounds(spark, task, data);
    };
  }
}
