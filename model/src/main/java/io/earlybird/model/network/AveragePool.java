package io.earlybird.model.network;

import java.util.List;

/**
 * Mean over square windows without padding.
 *
 * @param counted whether the paper's tool counts it: it counts pools that are modules, and leaves
 *     out functional ones (specification 7.1)
 */
public record AveragePool(String name, String source, int kernel, int stride, boolean counted)
    implements Node {
  public AveragePool {
    if (kernel < 1 || stride < 1) {
      throw new IllegalArgumentException(
          "Invalid average pool " + name + ": kernel " + kernel + ", stride " + stride);
    }
  }

  @Override
  public List<String> sources() {
    return List.of(source);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape in = inputs.get(0);
    return new Shape(
        in.channels(),
        Window.extent(name, in.height(), kernel, stride, 0),
        Window.extent(name, in.width(), kernel, stride, 0));
  }

  @Override
  public AveragePool reading(List<String> newSources) {
    return new AveragePool(name, newSources.get(0), kernel, stride, counted);
  }
}
