package io.earlybird.model.reparametrization;

import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.util.function.Supplier;

/**
 * Runs the passes of a replica that computes in float32 on effective weights, and leaves the
 * gradient of the stored ones for the update.
 *
 * <p>Nothing happens, and nothing is allocated, while the rule is {@link Reparametrization#none}.
 */
public final class ReparametrizedPasses {
  /** The values and gradients of a replica, in the layout of its network. */
  public interface Tensors {
    /** Copies the values out. */
    void read(Parameters into);

    /** Copies values of trainable tensors in; running statistics may stay. */
    void write(Parameters from);

    /** Copies the gradients of the last backward pass out; auxiliary ones may hold anything. */
    void readGradients(Parameters into);

    /** Replaces the gradients of trainable tensors. */
    void writeGradients(Parameters from);
  }

  private final ParameterLayout layout;
  private final Tensors tensors;
  private Reparametrization rule = Reparametrization.none();
  private WeightMap map;
  private Parameters stored;
  private Parameters scratch;

  /** For the replica that has these tensors. */
  public ReparametrizedPasses(ParameterLayout layout, Tensors tensors) {
    this.layout = layout;
    this.tensors = tensors;
    this.map = rule.on(layout);
  }

  /** Says that the values have been overwritten. */
  public void valuesReplaced() {
    rule = Reparametrization.none();
  }

  /**
   * Runs a forward and a backward pass.
   *
   * @param weightDecay that the update will add
   * @param lossScale factor on the gradients of the passes
   * @param passes leaves gradients in the tensors
   * @return what the passes return
   */
  public <T> T run(
      Reparametrization newRule, double weightDecay, double lossScale, Supplier<T> passes) {
    if (newRule.equals(Reparametrization.none())) {
      return passes.get();
    }
    use(newRule);
    tensors.read(stored);
    scratch.set(stored);
    map.toEffective(Numbers.of(stored.values()), Numbers.of(scratch.values()));
    tensors.write(scratch);
    try {
      T result = passes.get();
      tensors.readGradients(scratch);
      scale(1 / lossScale);
      map.pullBack(Numbers.of(stored.values()), Numbers.of(scratch.values()), weightDecay);
      scale(lossScale);
      tensors.writeGradients(scratch);
      return result;
    } finally {
      tensors.write(stored);
    }
  }

  private void use(Reparametrization newRule) {
    if (!newRule.equals(rule)) {
      rule = newRule;
      map = newRule.on(layout);
    }
    if (stored == null) {
      stored = Parameters.zeros(layout);
      scratch = Parameters.zeros(layout);
    }
  }

  private void scale(double factor) {
    if (factor != 1) {
      float[] gradients = scratch.values();
      for (int i = 0; i < gradients.length; i++) {
        gradients[i] *= (float) factor;
      }
    }
  }
}
