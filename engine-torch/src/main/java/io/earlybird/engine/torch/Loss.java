package io.earlybird.engine.torch;

import io.earlybird.model.engine.StepResult;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Softmax cross entropy of a batch, with label smoothing (specification 0.6, 8.6).
 *
 * @param mean loss []
 * @param correct [], images whose label has the largest logit, the first of equal ones
 * @param samples images in the batch
 */
record Loss(Tensor mean, Tensor correct, int samples) {
  private static final int MEAN = 1;
  private static final int NO_CLASS = -100;

  /**
   * The loss of logits; of the surrounding scope.
   *
   * @param logits [N, classes] in float32
   * @param labels [N]
   */
  static Loss of(Tensor logits, Tensor labels, double smoothing) {
    Tensor mean =
        torch.cross_entropy_loss(logits, labels, new TensorOptional(), MEAN, NO_CLASS, smoothing);
    Tensor best = logits.argmax(new LongOptional(1), false);
    Tensor correct = best.eq(labels).sum().to(ScalarType.Float);
    return new Loss(mean, correct, (int) labels.numel());
  }

  /**
   * The gradient of scale * loss: the probabilities less the target, which is (1 - smoothing) at
   * the label and smoothing / classes everywhere; of the surrounding scope.
   *
   * @param logits [N, classes] in float32
   * @param labels [N]
   * @return [N, classes]
   */
  static Tensor gradient(Tensor logits, Tensor labels, double smoothing, double scale) {
    long samples = logits.size(0);
    Tensor gradient = torch.softmax(logits, 1);
    if (smoothing > 0) {
      gradient.sub_(new Scalar(smoothing / logits.size(1)));
    }
    long[] column = {samples, 1};
    Tensor targets = torch.full(column, new Scalar(smoothing - 1), logits.options());
    gradient.scatter_add_(1, labels.view(column), targets);
    gradient.mul_(new Scalar(scale / samples));
    return gradient;
  }

  /**
   * Waits for the device and reads the values.
   *
   * @param probe [], not finite if the loss shall be reported as not finite
   */
  StepResult result(Tensor probe) {
    Tensor all = torch.stack(new TensorVector(mean, correct, probe));
    FloatPointer read = FlatCopy.floats(all);
    double loss = Float.isFinite(read.get(2)) ? read.get(0) : Double.NaN;
    return new StepResult(loss, (int) read.get(1), samples);
  }
}
