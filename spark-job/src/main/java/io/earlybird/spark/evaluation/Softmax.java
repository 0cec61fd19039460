package io.earlybird.spark.evaluation;

/** Softmax of a row of logits, in double. */
final class Softmax {
  private Softmax() {}

  /** log sum_c exp(z_c), shifted by the largest logit so that nothing overflows. */
  static double logSum(float[] logits, int row, int classes) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      largest = Math.max(largest, logits[row + c]);
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += StrictMath.exp(logits[row + c] - largest);
    }
    return largest + StrictMath.log(sum);
  }
}
