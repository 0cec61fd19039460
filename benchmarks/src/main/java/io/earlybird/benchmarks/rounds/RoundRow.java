package io.earlybird.benchmarks.rounds;

import io.earlybird.benchmarks.race.Medians;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What a round of one case costs: medians over the rounds.
 *
 * @param contestant as the command line names it
 * @param network whose state travels
 * @param stateBytes of parameters and momentum in float32
 * @param replicas R
 * @param replicasPerTask G; 1 for dl4j-spark
 * @param tasks of the first stage
 * @param wire form of what travels
 * @param rounds that count
 * @param failure why there are none; empty if there are
 * @param overheadSeconds broadcast, averaging and scheduling: all but engines
 * @param engineSeconds of copying values into and out of replicas
 * @param sendSeconds of the broadcast, until the job begins
 * @param replicaStageSeconds without engines: receiving, summing, writing
 * @param combineStageSeconds reading, combining, bringing the mean to the driver
 * @param restSeconds of the driver around the stages
 * @param cpuSeconds of all processes, engines included
 * @param movedBytes read in the shuffle or sent to the driver as results; slices that the driver
 *     fetches from executors are not among them
 * @param loopbackBytes all that went over the loopback device
 * @param liveHeapBytes of the driver between rounds
 * @param peakHeapBytes of the driver during a round, garbage included
 */
record RoundRow(
    String contestant,
    String network,
    long stateBytes,
    int replicas,
    int replicasPerTask,
    int tasks,
    String wire,
    int rounds,
    String failure,
    double overheadSeconds,
    double engineSeconds,
    double sendSeconds,
    double replicaStageSeconds,
    double combineStageSeconds,
    double restSeconds,
    double cpuSeconds,
    double movedBytes,
    double loopbackBytes,
    double liveHeapBytes,
    double peakHeapBytes) {
  static RoundRow of(Transport transport, RoundCase test, List<Lap> laps) {
    return of(
        transport,
        test,
        laps.size(),
        "",
        median(laps, Lap::overhead),
        median(laps, lap -> lap.own().compute()),
        median(laps, Lap::beforeJob),
        median(laps, lap -> lap.job().seconds(0) - lap.own().compute()),
        median(laps, lap -> lap.job().seconds(1)),
        median(
            laps,
            lap -> lap.wall() - lap.beforeJob() - lap.job().seconds(0) - lap.job().seconds(1)),
        median(laps, Lap::cpu),
        median(laps, lap -> lap.job().bytes()),
        median(laps, Lap::loopbackBytes),
        median(laps, Lap::liveHeapBytes),
        median(laps, Lap::peakHeapBytes));
  }

  static RoundRow failed(Transport transport, RoundCase test, String failure) {
    double no = Double.NaN;
    return of(transport, test, 0, failure, no, no, no, no, no, no, no, no, no, no, no);
  }

  private static RoundRow of(
      Transport transport, RoundCase test, int rounds, String failure, double... measured) {
    int next = 0;
    return new RoundRow(
        transport.toString(),
        test.networkName(),
        test.stateBytes(),
        test.replicas(),
        transport == Transport.RESIDENT ? test.replicasPerTask() : 1,
        transport == Transport.RESIDENT ? test.tasks() : test.replicas(),
        test.wire().name().toLowerCase(Locale.ROOT),
        rounds,
        failure,
        measured[next++],
        measured[next++],
        measured[next++],
        measured[next++],
        measured[next++],
        measured[next++],
        measured[next++],
        measured[next++],
        measured[next++],
        measured[next++],
        measured[next]);
  }

  private static double median(List<Lap> laps, ToDoubleFunction<Lap> part) {
    return Medians.of(laps.stream().mapToDouble(part).toArray());
  }
}
