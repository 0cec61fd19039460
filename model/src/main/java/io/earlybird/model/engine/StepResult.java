package io.earlybird.model.engine;

/**
 * What a forward pass found.
 *
 * @param loss mean of the loss over the batch, natural logarithm; may be not finite, which the
 *     caller must check
 * @param correct images whose label has the largest logit (the first of equal ones)
 * @param samples images in the batch
 */
public record StepResult(double loss, int correct, int samples) {
  /** Whether the loss is a finite number. */
  public boolean finite() {
    return Double.isFinite(loss);
  }
}
