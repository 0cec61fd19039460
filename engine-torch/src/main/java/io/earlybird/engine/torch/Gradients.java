package io.earlybird.engine.torch;

import io.earlybird.engine.torch.Tensors.Parameter;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The gradients of the last pass back, in float32 and the memory order of the values: those of
 * vectors copied into one flat tensor, those of weights in the tensors in which they were computed,
 * which saves a pass over memory.
 */
final class Gradients implements AutoCloseable {
  private final Tensors tensors;
  private final Map<String, Tensor> weights = new HashMap<>();

  Gradients(Tensors tensors) {
    this.tensors = tensors;
  }

  /** Takes the gradient of a parameter, of any shape with its elements in its order. */
  void put(Parameter parameter, Tensor gradient) {
    if (parameter.vector()) {
      parameter.gradient().copy_(gradient);
      return;
    }
    Tensor floats = gradient.to(ScalarType.Float);
    Tensor ordered =
        parameter.entry().spec().shape().size() == 4
            ? floats.contiguous(MemoryFormat.ChannelsLast)
            : floats.view_as(parameter.value());
    ordered.retainReference();
    weights.put(parameter.entry().name(), ordered);
  }

  /** The gradient of a parameter; null if it is not trainable. */
  Tensor of(Parameter parameter) {
    return parameter.vector() ? parameter.gradient() : weights.get(parameter.entry().name());
  }

  /** Forgets all. */
  void clear() {
    tensors.vectorGradients().zero_();
    weights.values().forEach(Tensor::releaseReference);
    weights.clear();
  }

  @Override
  public void close() {
    weights.values().forEach(Tensor::releaseReference);
    weights.clear();
  }
}
