package io.earlybird.engine.torch;

import io.earlybird.engine.torch.Tensors.Parameter;
import io.earlybird.model.parameters.Parameters;
import java.util.function.Function;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Copies between Java arrays in the layout of a network and the tensors of a replica: one native
 * block in the order of the layout, one copy of it.
 */
final class FlatCopy {
  private final Tensors tensors;
  private final Placement placement;

  FlatCopy(Tensors tensors, Placement placement) {
    this.tensors = tensors;
    this.placement = placement;
  }

  /** Copies values in; tensors for which {@code target} gives null are left out. */
  void write(Parameters from, Function<Parameter, Tensor> target) {
    from.requireLayout(tensors.layout());
    try (PointerScope scope = new PointerScope();
        NoGradGuard off = new NoGradGuard()) {
      Tensor host = torch.empty(from.layout().length());
      host.data_ptr_float().put(from.values());
      Tensor block = placement.move(host);
      for (Parameter parameter : tensors.all()) {
        Tensor to = target.apply(parameter);
        if (to != null) {
          to.copy_(Tensors.inLayout(block, parameter.entry()));
        }
      }
    }
  }

  /** Copies values out; tensors for which {@code source} gives null become 0. */
  void read(Parameters into, Function<Parameter, Tensor> source) {
    into.requireLayout(tensors.layout());
    try (PointerScope scope = new PointerScope();
        NoGradGuard off = new NoGradGuard()) {
      Tensor block = placement.zeros(into.layout().length());
      for (Parameter parameter : tensors.all()) {
        Tensor from = source.apply(parameter);
        if (from != null) {
          Tensors.inLayout(block, parameter.entry()).copy_(from);
        }
      }
      floats(block).get(into.values());
    }
  }

  /** The values of a tensor as C order float32 in host memory; of the surrounding scope. */
  static FloatPointer floats(Tensor tensor) {
    return tensor.cpu().to(ScalarType.Float).contiguous().data_ptr_float();
  }
}
