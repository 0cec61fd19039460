package io.earlybird.model.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Auxiliary;
import io.earlybird.model.network.Network;
import java.util.List;
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
  void auxiliaryTensorsComeAndGoWithoutAChangeOfTheOthers() {
    Network network = Networks.named("demo-resnet");
    Network more = network.withAuxiliaries(List.of(new Auxiliary("fc.weight.threshold", 3, -0.5)));
    ParameterLayout larger = ParameterLayout.of(more);
    assertThat(larger.trainableLength()).isEqualTo(LAYOUT.trainableLength() + 3);
    assertThat(larger.entry("fc.weight.threshold").end()).isEqualTo(larger.trainableLength());
    Parameters values = Initialization.draw(network, 1);
    Parameters moved = values.in(larger);
    assertThat(moved).isEqualTo(Initialization.draw(more, 1));
    assertThat(moved.slice("fc.weight.threshold").get(2)).isEqualTo(-0.5f);
    assertThat(moved.in(LAYOUT)).isEqualTo(values);
    assertThatThrownBy(() -> values.in(ParameterLayout.of(Networks.named("demo-resnet", 7, 32))))
        .hasMessageStartingWith("Cannot move tensor fc.weight");
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
