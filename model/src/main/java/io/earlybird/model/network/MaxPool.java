package io.earlybird.model.network;

import java.util.List;

/**
 * Maximum over square windows; padding counts as minus infinity; the first maximum of a window gets
 * the gradient.
 */
public record MaxPool(String name, String source, int kernel, int stride, int padding)
    implements Node {
  public MaxPool {
    if (kernel < 1 || stride < 1 || padding < 0 || padding > kernel / 2) {
      throw new IllegalArgumentException(
          "Invalid max pool "
              + name
              + ": kernel "
              + kernel
              + ", stride "
              + stride
              + ", padding "
              + padding);
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
        Window.extent(name, in.height(), kernel, stride, padding),
        Window.extent(name, in.width(), kernel, stride, padding));
  }

  @Override
  public MaxPool reading(List<String> newSources) {
    return new MaxPool(name, newSources.get(0), kernel, stride, padding);
  }
}
