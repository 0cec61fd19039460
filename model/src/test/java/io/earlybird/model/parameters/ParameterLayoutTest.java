package io.earlybird.model.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.TensorSpec.Role;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParameterLayoutTest {
  static Set<String> names() {
    return Networks.names();
  }

  @Test
  void trainableTensorsComeFirstThenRunningStatisticsEachInTheOrderOfTheNodes() {
    ParameterLayout layout = ParameterLayout.of(Networks.named("demo"));
    assertThat(layout.entries())
        .extracting(ParameterLayout.Entry::name)
        .startsWith(
            "features.0.weight", "features.1.weight", "features.1.bias", "features.4.weight")
        .containsSequence(
            "classifier.weight",
            "classifier.bias",
            "features.1.running_mean",
            "features.1.running_var",
            "features.5.running_mean");
  }

  @ParameterizedTest
  @MethodSource("names")
  void tensorsAreDisjointAndComplete(String name) {
    ParameterLayout layout = ParameterLayout.of(Networks.named(name, 10, 32));
    int expected = 0;
    for (ParameterLayout.Entry entry : layout.entries()) {
      assertThat(entry.offset()).isEqualTo(expected);
      assertThat(entry.spec().role().trainable())
          .isEqualTo(entry.offset() < layout.trainableLength());
      expected = entry.end();
    }
    assertThat(layout.length()).isEqualTo(expected);
  }

  @Test
  void entriesAreFoundByNameAndRole() {
    ParameterLayout layout = ParameterLayout.of(Networks.named("demo-resnet"));
    assertThat(layout.entry("bn1.weight").offset()).isEqualTo(3 * 8 * 9);
    assertThat(layout.entries(Role.GAMMA)).hasSize(10);
    assertThat(layout.has("bn1.weight")).isTrue();
    assertThat(layout.has("bn1.scale")).isFalse();
    assertThatThrownBy(() -> layout.entry("bn1.scale"))
        .hasMessageStartingWith("Unknown tensor bn1.scale; known are [conv1.weight, ");
  }

  @Test
  void layoutsAreEqualIfTheirTensorsAre() {
    assertThat(ParameterLayout.of(Networks.named("demo")))
        .isEqualTo(ParameterLayout.of(Networks.named("demo", 10, 48)))
        .isNotEqualTo(ParameterLayout.of(Networks.named("demo", 11, 32)));
  }
}
