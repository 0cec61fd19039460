package io.earlybird.benchmarks.rounds;

import java.util.Arrays;
import java.util.stream.Collectors;
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

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  static Transport of(String label) {
    return Arrays.stream(values())
        .filter(known -> known.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Unknown contestant "
                        + label
                        + "; known are "
                        + Arrays.stream(values())
                            .map(known -> known.label)
                            .collect(Collectors.joining(", "))));
  }

  String label() {
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
