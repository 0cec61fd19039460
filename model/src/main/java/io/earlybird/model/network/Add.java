package io.earlybird.model.network;

import java.util.List;

/** Sum of activations of one shape; the join of a residual block. Nothing is broadcast. */
public record Add(String name, List<String> sources) implements Node {
  public Add {
    sources = List.copyOf(sources);
    if (sources.size() < 2) {
      throw new IllegalArgumentException(
          "Invalid add " + name + ": needs at least two sources, has " + sources);
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    for (Shape shape : inputs) {
      if (!shape.equals(inputs.get(0))) {
        throw new IllegalArgumentException(
            "Cannot add in " + name + ": sources " + sources + " have shapes " + inputs);
      }
    }
    return inputs.get(0);
  }

  @Override
  public Add reading(List<String> newSources) {
    return new Add(name, newSources);
  }
}
