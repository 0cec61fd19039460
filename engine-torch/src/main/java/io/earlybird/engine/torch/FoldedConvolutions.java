package io.earlybird.engine.torch;

import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Convolutions with the batch norm that alone reads them, as one convolution for evaluation.
 *
 * <p>With r = gamma / sqrt(var + 1e-5): w' = r * w and b' = beta + r * (b - mean), in float32,
 * computed when values have changed, not for each batch. Owns kernels and biases until closed.
 */
final class FoldedConvolutions implements AutoCloseable {
  /**
   * What one convolution uses, in the type of activations.
   *
   * @param kernel [O, I, kH, kW]
   * @param bias [O]
   */
  record Folded(Tensor kernel, Tensor bias) {}

  private final Tensors tensors;
  private final ScalarType type;
  private final Owned owned = new Owned();
  private final Map<String, Folded> folded = new HashMap<>();

  FoldedConvolutions(Tensors tensors, Placement placement) {
    this.tensors = tensors;
    this.type = placement.activations();
  }

  /** Says that values have changed. */
  void valuesChanged() {
    folded.clear();
    owned.close();
  }

  /** Kernel and bias for the present values. */
  Folded of(Convolution convolution, BatchNorm batchNorm) {
    return folded.computeIfAbsent(convolution.name(), name -> fold(convolution, batchNorm));
  }

  private Folded fold(Convolution convolution, BatchNorm batchNorm) {
    try (PointerScope scope = new PointerScope()) {
      Tensor deviation =
          value(batchNorm.runningVariance()).add(new Scalar(BatchNorm.EPSILON)).sqrt_();
      Tensor rate = value(batchNorm.gamma()).div(deviation);
      Tensor shift = value(batchNorm.runningMean()).neg();
      if (convolution.bias()) {
        shift.add_(value(convolution.biasName()));
      }
      Tensor kernel = value(convolution.weight()).mul(rate.view(-1, 1, 1, 1));
      Tensor bias = shift.mul_(rate).add_(value(batchNorm.beta()));
      return new Folded(owned.keep(kernel.to(type)), owned.keep(bias.to(type)));
    }
  }

  private Tensor value(String tensor) {
    return tensors.named(tensor).value();
  }

  @Override
  public void close() {
    valuesChanged();
  }
}
