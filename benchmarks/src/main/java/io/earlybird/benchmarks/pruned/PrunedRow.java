package io.earlybird.benchmarks.pruned;

import io.earlybird.benchmarks.race.Lap;
import io.earlybird.benchmarks.race.Medians;
import java.util.Arrays;
import java.util.List;

/**
 * One cut network against the whole one.
 *
 * @param contestant engine, as the command line names it
 * @param ratio p of the masked channels
 * @param channelMultiple to which kept widths are rounded up
 * @param denseImagesPerSecond median over the rounds, whole network
 * @param imagesPerSecond median over the rounds, cut network
 * @param flopReduction operations of the whole network divided by those of the cut one
 * @param speedUp median of the round-by-round ratios
 * @param lowestSpeedUp of the rounds
 * @param highestSpeedUp of the rounds
 * @param rounds that were run
 */
record PrunedRow(
    String contestant,
    double ratio,
    int channelMultiple,
    double denseImagesPerSecond,
    double imagesPerSecond,
    double flopReduction,
    double speedUp,
    double lowestSpeedUp,
    double highestSpeedUp,
    int rounds) {
  static PrunedRow of(
      String contestant,
      double ratio,
      int channelMultiple,
      double flopReduction,
      int batchSize,
      List<Lap> dense,
      List<Lap> cut) {
    double[] speedUps = Medians.speedUps(cut, dense);
    return new PrunedRow(
        contestant,
        ratio,
        channelMultiple,
        batchSize / Medians.stepSeconds(dense),
        batchSize / Medians.stepSeconds(cut),
        flopReduction,
        Medians.of(speedUps),
        Arrays.stream(speedUps).min().orElseThrow(),
        Arrays.stream(speedUps).max().orElseThrow(),
        speedUps.length);
  }

  /** Share of the saved operations that is saved time; the budget at multiple 16 is 0.8. */
  double efficiency() {
    return speedUp / flopReduction;
  }
}
