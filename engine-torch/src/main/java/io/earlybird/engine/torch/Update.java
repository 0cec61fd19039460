package io.earlybird.engine.torch;

import io.earlybird.engine.torch.Tensors.Parameter;
import io.earlybird.model.engine.MomentumForm;
import io.earlybird.model.engine.StepRule;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;

/**
 * The update of a step (specification 0.3 and 1.4): libtorch's fused SGD, which passes once over
 * values, momentum and gradients and changes them in place.
 *
 * <p>The presets do not bind it, so it is called through the dispatcher. Its lists are made once:
 * all vectors as one tensor, then one tensor for each weight.
 */
final class Update implements AutoCloseable {
  private final Tensors tensors;
  private final Gradients parts;
  private final Placement placement;
  private final Owned owned = new Owned();
  private final OperatorHandle fused;
  private final List<Parameter> weights;
  private final GenericList values;
  private final GenericList gradients;
  private final GenericList momenta;

  Update(Tensors tensors, Gradients parts, Placement placement) {
    this.tensors = tensors;
    this.parts = parts;
    this.placement = placement;
    weights = tensors.weights();
    try (PointerScope scope = new PointerScope()) {
      fused =
          owned.keep(
              new OperatorHandle(
                  Dispatcher.singleton().findSchemaOrThrow("aten::_fused_sgd_", "")));
      values = owned.keep(list());
      gradients = owned.keep(list());
      momenta = owned.keep(list());
      values.push_back(new IValue(vectors(tensors.values())));
      momenta.push_back(new IValue(vectors(tensors.momentum())));
      gradients.push_back(new IValue(tensors.vectorGradients()));
      for (Parameter weight : weights) {
        values.push_back(new IValue(weight.value()));
        momenta.push_back(new IValue(weight.momentum()));
        gradients.push_back(new IValue(weight.value()));
      }
    }
  }

  private static GenericList list() {
    return new GenericList(new Type.TypePtr(TensorType.get()));
  }

  private Tensor vectors(Tensor flat) {
    return flat.narrow(0, 0, tensors.vectorLength());
  }

  /** Applies the rule to the gradients of the last pass back. */
  void apply(StepRule rule) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard off = new NoGradGuard()) {
      if (rule.gammaL1() > 0) {
        pushGammas(rule.gammaL1() * rule.lossScale());
      }
      for (int i = 0; i < weights.size(); i++) {
        gradients.set(i + 1, new IValue(parts.of(weights.get(i))));
      }
      fused.callBoxed(arguments(rule));
    }
  }

  /** g += s * sign(gamma). */
  private void pushGammas(double s) {
    int length = tensors.gammaLength();
    Tensor signs = tensors.values().narrow(0, 0, length).sign();
    tensors.vectorGradients().narrow(0, 0, length).add_(signs, new Scalar(s));
  }

  /**
   * Arguments in the order of the operator.
   *
   * <p>Without momentum the operator would leave the buffer alone, where the rule says v = g'; the
   * smallest double is not 0 for it, and is 0 in the float32 of its arithmetic.
   */
  private IValueVector arguments(StepRule rule) {
    double momentum = Math.max(rule.momentum(), Double.MIN_VALUE);
    IValue scale =
        rule.lossScale() == 1
            ? new IValue()
            : new IValue(placement.move(AbstractTensor.create((float) rule.lossScale())));
    return new IValueVector(
        new IValue(values),
        new IValue(gradients),
        new IValue(momenta),
        new IValue(rule.weightDecay()),
        new IValue(momentum),
        new IValue(rule.learningRate()),
        new IValue(0.0),
        new IValue(rule.momentumForm() == MomentumForm.NESTEROV),
        new IValue(false),
        new IValue(false),
        scale,
        new IValue());
  }

  @Override
  public void close() {
    owned.close();
  }
}
