package io.earlybird.engine.dl4j;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.StepResult;

/**
 * Softmax cross entropy with label smoothing, the mean over the batch (specification 0.6, 8.6).
 *
 * <p>With p the softmax of the logits, y the label and a the smoothing: L = (1 - a) * -log p[y] + a
 * * mean over classes of -log p; dL/dlogit[k] = p[k] - (1 - a) * [k = y] - a / classes.
 */
final class CrossEntropy {
  private CrossEntropy() {}

  /**
   * Computes the loss, and replaces the logits by its gradient.
   *
   * @param logits [N, classes] in C order; receives scale * dL/dlogits
   * @param smoothing a in [0, 1)
   * @param scale factor on the gradient
   * @throws IllegalArgumentException if a label is not below {@code classes}
   */
  static StepResult apply(
      float[] logits, int classes, Batch batch, double smoothing, double scale) {
    double loss = 0;
    int correct = 0;
    for (int i = 0; i < batch.size(); i++) {
      int start = i * classes;
      int label = batch.label(i, classes);
      int best = argMax(logits, start, classes);
      double top = logits[start + best];
      double sum = 0;
      double total = 0;
      for (int k = start; k < start + classes; k++) {
        sum += Math.exp(logits[k] - top);
        total += logits[k];
      }
      double logSum = top + Math.log(sum);
      loss +=
          (1 - smoothing) * (logSum - logits[start + label])
              + smoothing * (logSum - total / classes);
      if (best == label) {
        correct++;
      }
      double factor = scale / batch.size();
      for (int k = 0; k < classes; k++) {
        double target = (k == label ? 1 - smoothing : 0) + smoothing / classes;
        logits[start + k] = (float) (factor * (Math.exp(logits[start + k] - logSum) - target));
      }
    }
    return new StepResult(loss / batch.size(), correct, batch.size());
  }

  /** Index of the largest of {@code classes} values from {@code start}, the first of equal ones. */
  private static int argMax(float[] values, int start, int classes) {
    int best = 0;
    for (int k = 1; k < classes; k++) {
      if (values[start + k] > values[start + best]) {
        best = k;
      }
    }
    return best;
  }
}
