package io.earlybird.engine.torch;

import io.earlybird.engine.torch.Tensors.Parameter;
import io.earlybird.model.engine.HeldMomentum;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.parameters.HeldEntries;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * Keeps held entries at zero, in value and, unless it goes on, momentum: one mask for each tensor
 * that has some.
 */
final class HeldTensors implements AutoCloseable {
  private record Mask(Parameter parameter, Tensor held) {}

  private final Tensors tensors;
  private final Placement placement;
  private final Owned owned = new Owned();
  private final List<Mask> masks = new ArrayList<>();
  private HeldEntries current = HeldEntries.none();
  private HeldMomentum momentum = HeldMomentum.ZERO;
  private boolean zeroed = true;

  HeldTensors(Tensors tensors, Placement placement) {
    this.tensors = tensors;
    this.placement = placement;
  }

  /** Says that values and momentum have been overwritten. */
  void valuesReplaced() {
    zeroed = false;
  }

  /** Makes the entries those that are held, and sets them to zero unless they are. */
  void use(StepRule rule) {
    if (!rule.held().equals(current)) {
      prepare(rule.held());
      zeroed = false;
    }
    if (rule.heldMomentum() != momentum) {
      momentum = rule.heldMomentum();
      zeroed = false;
    }
    if (!zeroed) {
      zero();
    }
  }

  private void prepare(HeldEntries held) {
    owned.close();
    masks.clear();
    current = held;
    try (PointerScope scope = new PointerScope()) {
      for (Parameter parameter : tensors.all()) {
        int first = held.next(parameter.entry().offset());
        if (first >= 0 && first < parameter.entry().end()) {
          masks.add(new Mask(parameter, owned.keep(mask(held, parameter))));
        }
      }
    }
  }

  /** A mask in the memory order of the parameter. */
  private Tensor mask(HeldEntries held, Parameter parameter) {
    int offset = parameter.entry().offset();
    boolean[] bits = new boolean[parameter.entry().length()];
    for (int i = held.next(offset); i >= 0 && i < parameter.entry().end(); i = held.next(i + 1)) {
      bits[i - offset] = true;
    }
    long[] shape =
        parameter.entry().spec().shape().stream().mapToLong(Integer::longValue).toArray();
    Tensor inLayout = placement.move(AbstractTensor.create(bits, shape));
    return shape.length == 4 ? inLayout.contiguous(MemoryFormat.ChannelsLast) : inLayout;
  }

  /** Sets the held entries to zero. */
  void zero() {
    zeroed = true;
    Scalar zero = new Scalar(0.0f);
    for (Mask mask : masks) {
      mask.parameter().value().masked_fill_(mask.held(), zero);
      if (momentum == HeldMomentum.ZERO) {
        mask.parameter().momentum().masked_fill_(mask.held(), zero);
      }
    }
  }

  @Override
  public void close() {
    owned.close();
  }
}
