package io.earlybird.model.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EnergyModelTest {
  @Test
  void unprunedResNet18CostsTheEnergyThatThePaperMeasured() {
    // 98.14 MJ for 1259.13 P; 77.9 pJ is rounded
    assertThat(EnergyModel.of("resnet18").modelledJoule(1259.13e15, 0))
        .isCloseTo(98.14e6, within(0.07e6));
  }

  @Test
  void eightBitOperationsCostAFifth() {
    EnergyModel model = new EnergyModel(2, 0.21);
    assertThat(model.modelledJoule(10, 100)).isCloseTo(2 * (10 + 21), within(1e-12));
  }

  @Test
  void anUnknownNetworkHasTheFigureOfResNet50() {
    assertThat(EnergyModel.of("demo")).isEqualTo(EnergyModel.of("resnet50"));
  }

  @Test
  void refusesFiguresThatAreNotPositive() {
    assertThatThrownBy(() -> new EnergyModel(0, 0.21)).hasMessageContaining("above 0");
  }
}
