package io.earlybird.model.reparametrization;

import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.ParameterLayout;
import java.util.List;

/** A network of one layer with the four weights [2, 2] of the examples. */
final class Tiny {
  static final List<String> LAYERS = List.of("fc.weight");

  private Tiny() {}

  static Network network() {
    return new Network(
        "tiny",
        List.of(
            new Input("input", new Shape(2, 1, 1)),
            new Linear("fc", "input", 2, Linear.Initial.NORMAL_001)));
  }

  static ParameterLayout layout() {
    return ParameterLayout.of(network());
  }

  /** The layout with what a rule trains besides. */
  static ParameterLayout layout(Reparametrization rule) {
    return ParameterLayout.of(network().withAuxiliaries(rule.auxiliaries(layout())));
  }

  static ParameterLayout.Entry weights() {
    return layout().entry("fc.weight");
  }

  static Layers layers() {
    return Layers.of(layout(), LAYERS);
  }
}
