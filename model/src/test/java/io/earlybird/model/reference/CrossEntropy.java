package io.earlybird.model.reference;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.StepResult;

/**
 * Softmax cross entropy, mean over the batch, with label smoothing a (specification 0.6, 8.6): (1 -
 * a) * -log p[label] + a * mean over classes of -log p.
 */
final class CrossEntropy {
  private CrossEntropy() {}

  /**
   * Loss and correct images of a batch.
   *
   * @param logits [N, classes]
   * @param gradient [N, classes], receives the gradient of the loss with respect to the logits
   */
  static StepResult of(
      double[] logits, Batch batch, int classes, double smoothing, double[] gradient) {
    double loss = 0;
    int correct = 0;
    for (int n = 0; n < batch.size(); n++) {
      int row = n * classes;
      int label = batch.label(n, classes);
      int best = argMax(logits, row, classes);
      double logSum = logSumExp(logits, row, classes, logits[best]);
      for (int c = 0; c < classes; c++) {
        double target = smoothing / classes + (c == label ? 1 - smoothing : 0);
        double logProbability = logits[row + c] - logSum;
        loss -= target * logProbability;
        gradient[row + c] = (Math.exp(logProbability) - target) / batch.size();
      }
      correct += best == row + label ? 1 : 0;
    }
    return new StepResult(loss / batch.size(), correct, batch.size());
  }

  private static int argMax(double[] logits, int row, int classes) {
    int best = row;
    for (int i = row; i < row + classes; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best;
  }

  private static double logSumExp(double[] logits, int row, int classes, double largest) {
    double sum = 0;
    for (int i = row; i < row + classes; i++) {
      sum += Math.exp(logits[i] - largest);
    }
    return largest + Math.log(sum);
  }
}
