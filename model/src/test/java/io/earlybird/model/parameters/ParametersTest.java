package io.earlybird.model.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.architecture.Networks;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static final ParameterLayout LAYOUT = ParameterLayout.of(Networks.named("demo-resnet"));

  @Test
  void slicesAreViews() {
    Parameters parameters = Parameters.zeros(LAYOUT);
    parameters.slice("bn1.bias").put(2, 7f);
    int index = LAYOUT.entry("bn1.bias").offset() + 2;
    assertThat(parameters.values()[index]).isEqualTo(7f);
    assertThat(parameters.slice("bn1.bias").remaining()).isEqualTo(8);
  }

  @Test
  void copiesAreIndependent() {
    Parameters parameters = Parameters.zeros(LAYOUT);
    Parameters copy = parameters.copy();
    copy.values()[0] = 1;
    assertThat(parameters.values()[0]).isZero();
    parameters.set(copy);
    assertThat(parameters).isEqualTo(copy);
  }

  @Test
  void refusesArraysAndLayoutsThatDoNotFit() {
    assertThatThrownBy(() -> new Parameters(LAYOUT, new float[3]))
        .hasMessage("Invalid parameters: 3 values, but the layout has " + LAYOUT.length());
    Parameters other = Parameters.zeros(ParameterLayout.of(Networks.named("demo")));
    assertThatThrownBy(() -> Parameters.zeros(LAYOUT).set(other))
        .hasMessageStartingWith("Invalid parameters: ")
        .hasMessageContaining("a layout that is not the network's, which has " + LAYOUT.length());
  }
}
