package io.earlybird.benchmarks.rounds;

import io.earlybird.spark.round.RoundMetrics.Seconds;

/**
 * What one round took.
 *
 * @param wall seconds from the call to its return
 * @param own what the round tells of its time
 * @param beforeJob seconds until the Spark job began
 * @param job its stages
 * @param cpu seconds of all processes; those of one that ends meanwhile until the round began
 * @param loopbackBytes over the loopback device
 * @param liveHeapBytes of the driver before the round, after a collection
 * @param peakHeapBytes of the driver during the round, garbage included
 */
record Lap(
    double wall,
    Seconds own,
    double beforeJob,
    JobSpans.Job job,
    double cpu,
    long loopbackBytes,
    long liveHeapBytes,
    long peakHeapBytes) {
  private static final double MILLIS = 1e3;
  private static final double NANOS = 1e9;

  /** Runs a round between two looks at all meters. */
  static Lap run(Round round, JobSpans spans, CpuMeter meter) throws InterruptedException {
    long live = Gauges.liveHeapBytes();
    double cpu = meter.seconds();
    long loopback = Gauges.loopbackBytes();
    double clock = System.currentTimeMillis() / MILLIS;
    long start = System.nanoTime();
    Seconds own = round.run();
    double wall = (System.nanoTime() - start) / NANOS;
    JobSpans.Job job = spans.await();
    return new Lap(
        wall,
        own,
        job.start() - clock,
        job,
        meter.seconds() - cpu,
        Gauges.loopbackBytes() - loopback,
        live,
        Gauges.peakHeapBytes());
  }

  /** Everything but engines: broadcast, averaging, scheduling. */
  double overhead() {
    return wall - own.compute() - own.data();
  }
}
