package io.earlybird.benchmarks.engines;

import io.earlybird.benchmarks.race.Lap;
import io.earlybird.benchmarks.race.Medians;
import io.earlybird.benchmarks.race.Work;
import java.util.Arrays;
import java.util.List;

/**
 * What one contestant did in one case.
 *
 * @param network by name
 * @param batchSize images of a step
 * @param threads of one step
 * @param work training or inference
 * @param contestant as the command line names it
 * @param rounds that it took part in
 * @param imagesPerSecond median over the rounds
 * @param cpuSecondsPerImage of all threads of its process
 * @param peakMebibytes largest resident memory of its process after the training of the case
 * @param peer the libtorch loop with the largest median; empty if none took part
 * @param speedUp median of the round-by-round ratios to the peer; NaN without one
 * @param lowestSpeedUp of the rounds
 * @param highestSpeedUp of the rounds
 */
record EngineRow(
    String network,
    int batchSize,
    int threads,
    Work work,
    String contestant,
    int rounds,
    double imagesPerSecond,
    double cpuSecondsPerImage,
    double peakMebibytes,
    String peer,
    double speedUp,
    double lowestSpeedUp,
    double highestSpeedUp) {
  static EngineRow of(
      EngineCase measured,
      Work work,
      String contestant,
      List<Lap> laps,
      double peakMebibytes,
      String peer,
      List<Lap> peerLaps) {
    double[] ratios = Medians.speedUps(laps, peerLaps);
    return new EngineRow(
        measured.network(),
        measured.batchSize(),
        measured.threads(),
        work,
        contestant,
        laps.size(),
        measured.batchSize() / Medians.stepSeconds(laps),
        Medians.stepCpuSeconds(laps) / measured.batchSize(),
        peakMebibytes,
        peer,
        ratios.length == 0 ? Double.NaN : Medians.of(ratios),
        Arrays.stream(ratios).min().orElse(Double.NaN),
        Arrays.stream(ratios).max().orElse(Double.NaN));
  }
}
