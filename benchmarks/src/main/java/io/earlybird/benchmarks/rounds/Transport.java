package io.earlybird.benchmarks.rounds;

import org.apache.spark.api.java.JavaSparkContext;

/** The ways to bring a state to replicas and their average back. */
enum Transport {
  /** This project's rounds. */
  RESIDENT("resident"),
  /** Broadcast and tree aggregation of dl4j-spark's parameter averaging. */
  DL4J_SPARK("dl4j-spark");

  private final String label;

  Transport(String label) {
    this.label = label;
  }

  /** As the command line names it. */
  @Override
  public String toString() {
    return label;
  }

  /** Something that runs one round of the case each time. */
  Round prepare(JavaSparkContext spark, RoundCase test) {
    return switch (this) {
      case RESIDENT -> new ResidentRound(spark, test);
      case DL4J_SPARK -> new TreeRound(spark, test);
    };
  }
}
