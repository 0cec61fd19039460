package io.earlybird.model.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.architecture.Networks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionOverheadTest {
  @ParameterizedTest
  @CsvSource({
    "vgg16-cifar, 0.161, 0.0005, 16.5",
    "preresnet-101, 0.3005, 0.00005, 28.9375",
    "resnet18, 0.1857, 0.00005, 18.75",
    "resnet50, 1.2242, 0.00005, 103.75"
  })
  void figuresOfThePaperNetworks(String network, double mflop, double tolerance, double kib) {
    DetectionOverhead overhead =
        new DetectionOverhead(OperationCount.of(Networks.named(network)).batchNormChannels());
    assertThat(overhead.flops() / 1e6).isCloseTo(mflop, within(tolerance));
    assertThat(overhead.bytes() / 1024.0).isEqualTo(kib);
  }

  @Test
  void vgg16PaysTheFractionsThatThePaperStates() {
    OperationCount vgg = OperationCount.of(Networks.named("vgg16-cifar"));
    DetectionOverhead overhead = new DetectionOverhead(vgg.batchNormChannels());
    assertThat(100 * overhead.flopsFraction(vgg)).isCloseTo(0.0257, within(0.00005));
    assertThat(100 * overhead.memoryFraction(vgg)).isCloseTo(0.0287, within(0.00005));
    // relative to a training epoch of 50,000 images
    double epoch = new TrainingFlops(50_000).epochs(1, (double) vgg.paperFlops());
    assertThat(overhead.flops() / epoch).isCloseTo(1.7e-9, within(0.05e-9));
  }

  @Test
  void fiveMasksTakeFiveEighthsOfAByteAChannel() {
    assertThat(new DetectionOverhead(4224).maskBytes(5)).isEqualTo(5 * 4224 / 8);
  }
}
