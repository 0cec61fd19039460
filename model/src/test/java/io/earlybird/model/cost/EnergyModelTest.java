package io.earlybird.model.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.architecture.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnergyModelTest {
  /** The energies per operation are given with three digits. */
  private static final double RELATIVE = 0.0025;

  private static EnergyModel model(String network, int classes) {
    return EnergyModel.of(Networks.named(network, classes, 32));
  }

  /** Total P and measured joule of the lottery-ticket (CIFAR) and unpruned (ImageNet) rows. */
  @ParameterizedTest
  @CsvSource({
    "preresnet-101, 10, 14.88, 6322e3",
    "preresnet-101, 100, 14.88, 6095e3",
    "vgg16-cifar, 10, 30.24, 746.2e3",
    "vgg16-cifar, 100, 30.24, 741.2e3",
    "resnet18, 1000, 1259.13, 98.14e6",
    "resnet50, 1000, 2839.96, 280.72e6"
  })
  void denseTrainingsCostTheEnergyThatThePaperMeasured(
      String network, int classes, double total, double joule) {
    assertThat(model(network, classes).modelledJoule(total * 1e15, 0))
        .isCloseTo(joule, within(RELATIVE * joule));
  }

  /** Energy and total P of the float and of the 8-bit rows of PreResNet-101 on CIFAR-10. */
  @ParameterizedTest
  @CsvSource({"2370, 6.50, 489.4, 6.45", "1970, 5.70, 410.9, 5.39", "1452, 3.50, 281.8, 3.44"})
  void eightBitRowsImplyTheDefaultRatio(
      double floatEnergy, double floatTotal, double byteEnergy, double byteTotal) {
    double ratio = (byteEnergy / byteTotal) / (floatEnergy / floatTotal);
    assertThat(ratio).isCloseTo(EnergyModel.DEFAULT_INT8_RATIO, within(0.015));
  }

  @Test
  void eightBitOperationsCostAFifth() {
    EnergyModel model = new EnergyModel(2, 0.21);
    assertThat(model.modelledJoule(10, 100)).isCloseTo(2 * (10 + 21), within(1e-12));
  }

  @Test
  void anUnknownNetworkHasTheFigureOfResNet50() {
    assertThat(model("demo", 10)).isEqualTo(model("resnet50", 1000));
  }

  @Test
  void refusesFiguresThatAreNotPositive() {
    assertThatThrownBy(() -> new EnergyModel(0, 0.21)).hasMessageContaining("above 0");
  }
}
