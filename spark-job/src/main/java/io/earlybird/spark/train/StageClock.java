package io.earlybird.spark.train;

import io.earlybird.spark.events.EpochSeconds;
import io.earlybird.spark.events.RunListener.Stage;
import io.earlybird.spark.round.RoundMetrics;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Measures the stages between rounds. What a checkpoint takes is charged to the epoch that it is
 * followed by.
 */
final class StageClock {
  private static final double NANOS = 1e9;

  private final Map<Stage, Double> seconds = new EnumMap<>(Stage.class);

  <T> T measure(Stage stage, Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      seconds.merge(stage, (System.nanoTime() - start) / NANOS, Double::sum);
    }
  }

  /** The seconds of an epoch with these rounds; measuring begins anew. */
  EpochSeconds epoch(RoundMetrics.Seconds rounds) {
    double evaluate = seconds.getOrDefault(Stage.EVALUATE, 0.0);
    double mask = seconds.getOrDefault(Stage.MASK, 0.0);
    double checkpoint = seconds.getOrDefault(Stage.CHECKPOINT, 0.0);
    seconds.clear();
    return new EpochSeconds(
        rounds.total() + evaluate + mask + checkpoint,
        rounds.compute(),
        rounds.data(),
        rounds.broadcast(),
        rounds.average(),
        evaluate,
        mask,
        checkpoint);
  }
}
