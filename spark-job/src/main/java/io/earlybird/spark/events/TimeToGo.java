package io.earlybird.spark.events;

import io.earlybird.spark.events.RunListener.Round;
import io.earlybird.spark.events.RunListener.Stage;
import io.earlybird.spark.events.RunListener.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How long an epoch and a run will take yet: rounds at the speed of the running epoch, stages and
 * whole epochs as they were on average since the network last changed. Before an epoch has ended,
 * only rounds are counted.
 */
final class TimeToGo {
  private final Start start;
  private final List<EpochSeconds> epochs = new ArrayList<>();

  TimeToGo(Start start) {
    this.start = start;
  }

  void ended(EpochSeconds epoch) {
    epochs.add(epoch);
  }

  /** The epochs so far say nothing of the coming ones. */
  void forget() {
    epochs.clear();
  }

  /** Seconds until the epoch of a round ends. */
  double ofEpoch(Round round) {
    double done = (double) round.steps() / round.stepsPerEpoch();
    double stages = epochs.isEmpty() ? 0 : ofEpoch(Stage.EVALUATE);
    return start.imagesPerEpoch() * (1 - done) / round.imagesPerSecond() + stages;
  }

  /** Seconds until the epoch ends in which a stage begins; NaN as long as no epoch has ended. */
  double ofEpoch(Stage begun) {
    if (epochs.isEmpty()) {
      return Double.NaN;
    }
    double seconds = 0;
    for (Stage stage : Stage.values()) {
      seconds += stage.compareTo(begun) < 0 ? 0 : mean(epoch -> of(epoch, stage));
    }
    return seconds;
  }

  /**
   * Seconds from the end of an epoch to that of the run.
   *
   * @param imagesPerSecond of the newest rounds
   */
  double afterEpoch(int epoch, double imagesPerSecond) {
    double perEpoch =
        epochs.isEmpty() ? start.imagesPerEpoch() / imagesPerSecond : mean(EpochSeconds::total);
    return Math.max(0, start.epochs() - epoch) * perEpoch;
  }

  private double mean(ToDoubleFunction<EpochSeconds> part) {
    return epochs.stream().mapToDouble(part).average().orElse(0);
  }

  private static double of(EpochSeconds epoch, Stage stage) {
    return switch (stage) {
      case EVALUATE -> epoch.evaluate();
      case MASK -> epoch.mask();
      case CHECKPOINT -> epoch.checkpoint();
    };
  }
}
