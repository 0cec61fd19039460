package io.earlybird.benchmarks.epoch;

import io.earlybird.benchmarks.race.Medians;
import io.earlybird.spark.round.RoundMetrics.Seconds;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one way took for an epoch: medians over the epochs, in seconds of wall clock.
 *
 * @param contestant as the command line names it
 * @param epochs that count
 * @param seconds of an epoch, without start-up and evaluation
 * @param compute in engines
 * @param data waiting for batches
 * @param broadcast of the state
 * @param average scheduling, moving and combining results
 * @param split whether the way tells its parts apart; dl4j-spark does not, all is in {@code
 *     compute}
 * @param speedUp over dl4j-spark with our layers, median of the epoch-by-epoch ratios; NaN without
 *     it
 */
record EpochRow(
    String contestant,
    int epochs,
    double seconds,
    double compute,
    double data,
    double broadcast,
    double average,
    boolean split,
    double speedUp) {
  static EpochRow of(Averager averager, List<Seconds> own, List<Seconds> baseline) {
    return new EpochRow(
        averager.toString(),
        own.size(),
        median(own, Seconds::total),
        median(own, Seconds::compute),
        median(own, Seconds::data),
        median(own, Seconds::broadcast),
        median(own, Seconds::average),
        averager == Averager.RESIDENT_DL4J || averager == Averager.RESIDENT_TORCH,
        speedUp(own, baseline));
  }

  private static double median(List<Seconds> epochs, ToDoubleFunction<Seconds> part) {
    return Medians.of(epochs.stream().mapToDouble(part).toArray());
  }

  private static double speedUp(List<Seconds> own, List<Seconds> baseline) {
    double[] ratios = new double[Math.min(own.size(), baseline.size())];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = baseline.get(i).total() / own.get(i).total();
    }
    return ratios.length == 0 ? Double.NaN : Medians.of(ratios);
  }
}
