package io.earlybird.model.network;

import io.earlybird.model.network.TensorSpec.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Two-dimensional convolution with a square kernel and zero padding.
 *
 * <p>Kernel {@code NAME.weight} [O, I, k, k], initially N(0, sqrt(2 / (k * k * O))) (specification
 * 7.2); with {@code bias}, {@code NAME.bias} [O], initially 0.
 */
public record Convolution(
    String name, String source, int outChannels, int kernel, int stride, int padding, boolean bias)
    implements Node {
  public Convolution {
    if (outChannels < 1 || kernel < 1 || stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          "Invalid convolution "
              + name
              + ": channels "
              + outChannels
              + ", kernel "
              + kernel
              + ", stride "
              + stride
              + ", padding "
              + padding);
    }
  }

  /** A convolution without bias, as the networks by name use. */
  public Convolution(
      String name, String source, int outChannels, int kernel, int stride, int padding) {
    this(name, source, outChannels, kernel, stride, padding, false);
  }

  @Override
  public List<String> sources() {
    return List.of(source);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape in = inputs.get(0);
    return new Shape(
        outChannels, Window.extent(this, in.height()), Window.extent(this, in.width()));
  }

  @Override
  public List<TensorSpec> tensors(List<Shape> inputs) {
    int inChannels = inputs.get(0).channels();
    double deviation = Math.sqrt(2.0 / ((double) kernel * kernel * outChannels));
    List<TensorSpec> specs = new ArrayList<>();
    specs.add(
        new TensorSpec(
            weight(),
            List.of(outChannels, inChannels, kernel, kernel),
            Role.WEIGHT,
            new Distribution.Normal(deviation)));
    if (bias) {
      specs.add(
          new TensorSpec(
              biasName(), List.of(outChannels), Role.BIAS, new Distribution.Constant(0)));
    }
    return List.copyOf(specs);
  }

  /** Name of the kernel tensor. */
  public String weight() {
    return name + ".weight";
  }

  /** Name of the bias tensor, which exists only with {@code bias}. */
  public String biasName() {
    return name + ".bias";
  }

  /** The same convolution with another number of filters. */
  public Convolution withOutChannels(int channels) {
    return new Convolution(name, source, channels, kernel, stride, padding, bias);
  }

  @Override
  public Convolution reading(List<String> newSources) {
    return new Convolution(name, newSources.get(0), outChannels, kernel, stride, padding, bias);
  }
}
