package io.earlybird.benchmarks.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.benchmarks.contest.Assignment;
import io.earlybird.benchmarks.contest.Contestant;
import io.earlybird.model.architecture.Networks;
import io.earlybird.model.engine.Engines;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.network.Network;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All contestants train the same network, or their speed could not be compared. */
class KindTest {
  /** Sums in float32 in different orders, over a few steps. */
  private static final Offset<Double> LOSS = Offset.offset(2e-3);

  private static final Offset<Float> LOGIT = Offset.offset(2e-3f);

  private static Contestant open(Kind kind, Network network) {
    return kind.open(Assignment.of(network, 4, Precision.FLOAT32, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "resnet18, 64, 3",
    "resnet18-cifar, 32, 3",
    "preresnet-20, 32, 3",
    "vgg16-cifar, 32, 3",
    // one step of its first values amplifies the order of sums ten thousandfold
    "resnet50, 64, 1"
  })
  void trainingGivesTheSameLosses(String name, int imageSize, int steps) {
    Network network = Networks.named(name, 10, imageSize);
    double[] expected = losses(Kind.DL4J, network, steps);
    for (Kind kind : new Kind[] {Kind.LIBTORCH, Kind.LIBTORCH_NHWC, Kind.TORCH}) {
      if (!kind.engine() || Engines.all().stream().anyMatch(e -> e.name().equals(kind.label()))) {
        assertThat(losses(kind, network, steps)).as(kind.label()).containsExactly(expected, LOSS);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18-cifar", "preresnet-20"})
  void inferenceGivesTheSameLogits(String name) {
    Network network = Networks.named(name, 10, 32);
    float[] expected = output(Kind.DL4J, network);
    for (Kind kind : new Kind[] {Kind.LIBTORCH, Kind.LIBTORCH_NHWC}) {
      assertThat(output(kind, network)).as(kind.label()).containsExactly(expected, LOGIT);
    }
  }

  @Test
  void stockLayersGiveTheProbabilitiesOfTheLogits() {
    Network network = Networks.named("resnet18-cifar", 10, 32);
    float[] probabilities = output(Kind.STOCK, network);
    float[] logits = output(Kind.DL4J, network);
    double sum = 0;
    for (int c = 0; c < 10; c++) {
      sum += Math.exp(logits[c]);
    }
    for (int c = 0; c < 10; c++) {
      assertThat(probabilities[c]).isCloseTo((float) (Math.exp(logits[c]) / sum), LOGIT);
    }
  }

  private static double[] losses(Kind kind, Network network, int steps) {
    try (Contestant contestant = open(kind, network)) {
      double[] losses = new double[steps];
      for (int i = 0; i < steps; i++) {
        losses[i] = contestant.train();
      }
      return losses;
    }
  }

  private static float[] output(Kind kind, Network network) {
    try (Contestant contestant = open(kind, network)) {
      return contestant.infer();
    }
  }
}
