package io.earlybird.model.network;

import java.util.List;

/** y = max(x, 0); the derivative at exactly 0 is 0 (specification 0.5). */
public record Relu(String name, String source) implements Node {
  @Override
  public List<String> sources() {
    return List.of(source);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public Relu reading(List<String> newSources) {
    return new Relu(name, newSources.get(0));
  }
}
