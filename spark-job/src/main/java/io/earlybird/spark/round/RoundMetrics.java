package io.earlybird.spark.round;

import io.earlybird.data.batch.ReadReport;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sums over the samples of one or more rounds.
 *
 * @param samples processed
 * @param lossSum loss of each step times its samples
 * @param correct samples whose label had the largest logit
 * @param read what was read, samples that could not be decoded included
 * @param seconds where the time went
 * @param instructionSets of the executors
 */
public record RoundMetrics(
    long samples,
    double lossSum,
    long correct,
    ReadReport read,
    Seconds seconds,
    Set<String> instructionSets) {
  /**
   * Wall clock time of rounds, in seconds; the parts sum up to the total.
   *
   * @param total of the rounds
   * @param compute in engines, shared by the task slots
   * @param data waiting for batches, shared by the task slots
   * @param broadcast of the state, sending and receiving
   * @param average everything else: scheduling, moving and combining results
   */
  public record Seconds(
      double total, double compute, double data, double broadcast, double average) {
    private static final Seconds NONE = new Seconds(0, 0, 0, 0, 0);

    /** No time. */
    public static Seconds none() {
      return NONE;
    }

    /** The sum. */
    public Seconds plus(Seconds other) {
      return new Seconds(
          total + other.total,
          compute + other.compute,
          data + other.data,
          broadcast + other.broadcast,
          average + other.average);
    }
  }

  public RoundMetrics {
    instructionSets = Set.copyOf(instructionSets);
  }

  /** Nothing has been seen. */
  public static RoundMetrics none() {
    return new RoundMetrics(0, 0, 0, ReadReport.NONE, Seconds.none(), Set.of());
  }

  /** The sum over tasks of one round. */
  static RoundMetrics of(List<TaskReport> reports, Seconds seconds) {
    long samples = 0;
    double lossSum = 0;
    long correct = 0;
    ReadReport read = ReadReport.NONE;
    Set<String> instructionSets = new TreeSet<>();
    for (TaskReport report : reports) {
      samples += report.samples();
      lossSum += report.lossSum();
      correct += report.correct();
      read = read.plus(report.read());
      instructionSets.add(report.instructionSet());
    }
    return new RoundMetrics(samples, lossSum, correct, read, seconds, instructionSets);
  }

  /** The sum with a later round. */
  public RoundMetrics plus(RoundMetrics later) {
    Set<String> both = new TreeSet<>(instructionSets);
    both.addAll(later.instructionSets);
    return new RoundMetrics(
        samples + later.samples,
        lossSum + later.lossSum,
        correct + later.correct,
        read.plus(later.read),
        seconds.plus(later.seconds),
        both);
  }

  /** Mean loss over the samples; NaN without samples. */
  public double meanLoss() {
    return lossSum / samples;
  }

  /** Fraction of correct samples in [0, 1]; NaN without samples. */
  public double top1() {
    return (double) correct / samples;
  }
}
