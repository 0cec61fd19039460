package io.earlybird.spark.compare;

import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;
import io.earlybird.pruning.policy.Phase;
import io.earlybird.spark.events.EpochEvent;
import io.earlybird.spark.events.EpochSeconds;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.PruneEvent;
import io.earlybird.spark.events.SummaryEvent;
import io.earlybird.spark.events.SwaEvent;
import io.earlybird.spark.events.SwitchEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events, networks and figures with numbers that can be followed by hand. */
final class Runs {
  private static final Instant TIME = Instant.EPOCH;

  private Runs() {}

  /** A 3x3 convolution from 2 to so many channels on 4x4 pixels, and 3 classes. */
  static Network network(int channels) {
    return new Network(
        "hand",
        List.of(
            new Input("input", new Shape(2, 4, 4)),
            new Convolution("conv", "input", channels, 3, 1, 1),
            new AveragePool("pool", "conv", 4, 1, false),
            new Linear("fc", "pool", 3, Linear.Initial.UNIFORM_FAN_IN)));
  }

  static EpochEvent epoch(int epoch, int generation, double top1, double imagesPerSecond) {
    return new EpochEvent(
        TIME,
        epoch,
        generation == 0 ? Phase.SEARCH : Phase.RETRAIN,
        generation,
        0.1,
        1,
        0.5,
        1,
        top1,
        Double.NaN,
        Map.of(),
        imagesPerSecond,
        new EpochSeconds(1, 1, 0, 0, 0, 0, 0, 0),
        100,
        1000,
        3000L * epoch,
        List.of());
  }

  static Event pruned(int epoch, double before, double after) {
    return new PruneEvent(TIME, epoch, 0.5, "imp", 72, 36, before, after);
  }

  static Event cut(int epoch, double before, double after) {
    return new SwitchEvent(TIME, epoch, 0.5, "union", 84, 42, 1000, 500, Map.of(), before, after);
  }

  static Event summary(int epochs, double top1) {
    return new SummaryEvent(TIME, epochs, top1, 0.99, 12_000, 15_000, 0.2, 40, 6.5);
  }

  static Event mean(int epoch, double top1) {
    return new SwaEvent(TIME, epoch, 2, 1.5, top1);
  }

  /** Figures of a run of which only these matter. */
  static RunFigures figures(
      long seed, double top1, double flops, double imagesPerSecond, double imagesPerSecondBefore) {
    return figures(seed, top1, Double.NaN, flops, imagesPerSecond, imagesPerSecondBefore);
  }

  /** Figures of a run with a mean over epochs. */
  static RunFigures averaged(double top1, double swaTop1) {
    return figures(1, top1, swaTop1, 2e12, 100, Double.NaN);
  }

  private static RunFigures figures(
      long seed,
      double top1,
      double swaTop1,
      double flops,
      double imagesPerSecond,
      double imagesPerSecondBefore) {
    return new RunFigures(
        seed,
        4,
        Double.NaN,
        top1,
        swaTop1,
        flops,
        2,
        30,
        0.5,
        2,
        imagesPerSecond,
        imagesPerSecondBefore,
        Double.NaN);
  }
}
