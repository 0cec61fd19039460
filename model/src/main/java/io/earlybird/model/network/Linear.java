package io.earlybird.model.network;

import io.earlybird.model.network.TensorSpec.Role;
import java.util.List;

/**
 * Fully connected classifier with bias: {@code NAME.weight} [out, in], {@code NAME.bias} [out]. It
 * reads [C, 1, 1].
 *
 * @param initial how a fresh network fills weight and bias
 */
public record Linear(String name, String source, int outFeatures, Initial initial) implements Node {
  /** Initialisations in use (specification 7.2, 7.3, 7.4). */
  public enum Initial {
    /** Weight N(0, 0.01), bias 0. */
    NORMAL_001,
    /** Weight and bias uniform on +-1/sqrt(in). */
    UNIFORM_FAN_IN
  }

  public Linear {
    if (outFeatures < 1) {
      throw new IllegalArgumentException(
          "Invalid linear " + name + ": " + outFeatures + " outputs");
    }
  }

  @Override
  public List<String> sources() {
    return List.of(source);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape in = inputs.get(0);
    if (in.pixels() != 1) {
      throw new IllegalArgumentException(
          "Cannot connect linear "
              + name
              + " to "
              + in
              + ": pool to ["
              + in.channels()
              + ", 1, 1] first");
    }
    return new Shape(outFeatures, 1, 1);
  }

  @Override
  public List<TensorSpec> tensors(List<Shape> inputs) {
    int in = inputs.get(0).channels();
    Distribution uniform = new Distribution.Uniform(1 / Math.sqrt(in));
    boolean normal = initial == Initial.NORMAL_001;
    return List.of(
        new TensorSpec(
            weight(),
            List.of(outFeatures, in),
            Role.WEIGHT,
            normal ? new Distribution.Normal(0.01) : uniform),
        new TensorSpec(
            biasName(),
            List.of(outFeatures),
            Role.BIAS,
            normal ? new Distribution.Constant(0) : uniform));
  }

  /** Name of the weight tensor. */
  public String weight() {
    return name + ".weight";
  }

  /** Name of the bias tensor. */
  public String biasName() {
    return name + ".bias";
  }

  @Override
  public Linear reading(List<String> newSources) {
    return new Linear(name, newSources.get(0), outFeatures, initial);
  }
}
