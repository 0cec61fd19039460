package io.earlybird.spark.evaluation;

import io.earlybird.data.batch.ReadReport;
import io.earlybird.model.engine.Batch;
import io.earlybird.spark.batches.BatchStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * How well samples were told: counts, so that scores of parts add up to the score of the whole
 * (specification 0.7).
 *
 * @param samples N
 * @param lossSum sum of -log p(label), natural logarithm, without label smoothing
 * @param top1 samples whose label has the largest logit (the first of equal ones)
 * @param top5 samples whose label is among the five largest logits
 * @param classes number of logits
 * @param read what was read, samples that could not be decoded included
 */
public record Score(
    long samples, double lossSum, long top1, long top5, int classes, ReadReport read)
    implements Serializable {
  private static final int TOP = 5;

  /** No sample. */
  public static Score none(int classes) {
    return new Score(0, 0, 0, 0, classes, ReadReport.NONE);
  }

  /**
   * The score of all batches that follow.
   *
   * @param classes number of logits
   * @param network logits [N, classes] of a batch
   */
  public static Score of(BatchStream batches, int classes, Function<Batch, float[]> network)
      throws IOException {
    Score score = none(classes);
    while (batches.next()) {
      score = score.plus(of(batches.batch(), network.apply(batches.batch())));
    }
    return score.reading(batches.report());
  }

  /**
   * The score of one batch.
   *
   * @param logits [N, classes]
   */
  static Score of(Batch batch, float[] logits) {
    int classes = logits.length / batch.size();
    double lossSum = 0;
    long top1 = 0;
    long top5 = 0;
    for (int i = 0; i < batch.size(); i++) {
      int row = i * classes;
      int rank = rank(logits, row, classes, batch.label(i));
      lossSum += Softmax.logSum(logits, row, classes) - logits[row + batch.label(i)];
      top1 += rank == 0 ? 1 : 0;
      top5 += rank < TOP ? 1 : 0;
    }
    return new Score(batch.size(), lossSum, top1, top5, classes, ReadReport.NONE);
  }

  /** Number of logits before the label's when the largest comes first, equal ones by index. */
  private static int rank(float[] logits, int row, int classes, int label) {
    float own = logits[row + label];
    int before = 0;
    for (int c = 0; c < classes; c++) {
      float other = logits[row + c];
      if (other > own || (other == own && c < label)) {
        before++;
      }
    }
    return before;
  }

  /** The score of both. */
  public Score plus(Score other) {
    return new Score(
        samples + other.samples,
        lossSum + other.lossSum,
        top1 + other.top1,
        top5 + other.top5,
        classes,
        read.plus(other.read));
  }

  /** The same score with what was read. */
  Score reading(ReadReport report) {
    return new Score(samples, lossSum, top1, top5, classes, report);
  }

  /** Mean loss; NaN without samples. */
  public double loss() {
    return lossSum / samples;
  }

  /** Fraction of samples told rightly, in [0, 1]; NaN without samples. */
  public double top1Fraction() {
    return (double) top1 / samples;
  }

  /** Fraction of samples with the label among the first five; empty below 6 classes. */
  public OptionalDouble top5Fraction() {
    return classes > TOP ? OptionalDouble.of((double) top5 / samples) : OptionalDouble.empty();
  }
}
