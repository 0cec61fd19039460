package io.earlybird.benchmarks.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class EngineCaseTest {
  @Test
  void knowsTheBatchSizesOfTheTable() {
    assertThat(EngineCase.all(EngineCase.standardNetworks(), List.of(), List.of(2, 1)))
        .hasSize(14)
        .contains(new EngineCase("resnet50", 16, 2), new EngineCase("resnet18-cifar", 128, 1));
  }

  @Test
  void takesOtherBatchSizesForEveryNetwork() {
    assertThat(EngineCase.all(List.of("demo", "resnet50"), List.of(8), List.of(1)))
        .containsExactly(new EngineCase("demo", 8, 1), new EngineCase("resnet50", 8, 1));
  }

  @Test
  void asksForBatchSizesOfOtherNetworks() {
    assertThatThrownBy(() -> EngineCase.all(List.of("demo"), List.of(), List.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("demo")
        .hasMessageContaining("--batches");
  }
}
