package io.earlybird.benchmarks.rounds;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Runs the rounds of one case after the other in one Spark context. */
final class RoundRunner {
  private final JavaSparkContext spark;
  private final JobSpans spans;
  private final int rounds;
  private final double patienceSeconds;
  private final CpuMeter meter = new CpuMeter();

  /**
   * Will run them.
   *
   * @param rounds of each case, the first of which does not count
   * @param patienceSeconds no further round after one that took longer
   */
  RoundRunner(JavaSparkContext spark, JobSpans spans, int rounds, double patienceSeconds) {
    this.spark = spark;
    this.spans = spans;
    this.rounds = rounds;
    this.patienceSeconds = patienceSeconds;
  }

  RoundRow run(Transport transport, RoundCase test) throws InterruptedException {
    Round round = transport.prepare(spark, test);
    List<Lap> laps = new ArrayList<>();
    try {
      for (int i = 0; i < rounds; i++) {
        laps.add(Lap.run(round, spans, meter));
        if (laps.get(i).wall() > patienceSeconds) {
          break;
        }
      }
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | OutOfMemoryError e) { // Spark's are checked, which Scala does not say
      return RoundRow.failed(transport, test, reason(e));
    }
    List<Lap> counted = laps.size() > 1 ? laps.subList(1, laps.size()) : laps;
    return RoundRow.of(transport, test, counted);
  }

  private static String reason(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    String line = message.lines().findFirst().orElse("").replace('|', '/');
    return failure.getClass().getSimpleName() + ": " + line;
  }
}
