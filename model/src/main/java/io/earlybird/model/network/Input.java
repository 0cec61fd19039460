package io.earlybird.model.network;

import java.util.List;

/** The images that enter the network. */
public record Input(String name, Shape shape) implements Node {
  @Override
  public List<String> sources() {
    return List.of();
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return shape;
  }

  @Override
  public Node reading(List<String> newSources) {
    return this;
  }
}
