package io.earlybird.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reference.RandomBatches;
import io.earlybird.pruning.mask.Mask;
import io.earlybird.pruning.parity.Values;
import io.earlybird.pruning.surgery.ChannelSurgery;
import io.earlybird.pruning.surgery.Cut;
import io.earlybird.pruning.surgery.GroupRule;
import io.earlybird.pruning.surgery.RandomValues;
import io.earlybird.pruning.surgery.SurgeryOptions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole networks in bfloat16 against float32, dense and cut to odd widths. */
class Bfloat16NetworkTest {
  private static final int BATCH = 8;
  private static final int DRAWS = 3;

  /**
   * How much further rounding may move the gradient of a tensor, by its Euclidean norm, than {@link
   * Bfloat16Noise} on weights and pixels. The deepest of these networks rounds weights, outputs and
   * gradients of sixty nodes where the noise rounds the weights: a root of three, and as much again
   * for the few draws.
   */
  private static final double FACTOR = 4;

  /** Of the largest norm: biases before a batch norm have gradient 0, up to rounding. */
  private static final double FLOOR = 1e-3;

  @BeforeAll
  static void needsAProcessorThatTrainsInBfloat16() {
    assumeTrue(new Dl4jEngine().precisions().contains(Precision.BFLOAT16));
  }

  @ParameterizedTest
  @CsvSource({
    "demo, DENSE",
    "resnet18-cifar, DENSE",
    "resnet18-cifar, UNION",
    "resnet18-cifar, SCATTER",
    "preresnet-20, SCATTER"
  })
  void gradientsLieWithinWhatRoundingExplains(String name, String rule) {
    Network dense = Networks.named(name, 10, 9);
    Parameters values = RandomValues.parameters(dense, 7);
    if (rule.equals("DENSE")) {
      assertWithinRounding(dense, values);
    } else {
      Mask mask = RandomValues.maskWithEmptyLayers(dense, 0.5, 7);
      SurgeryOptions options = SurgeryOptions.defaults().withRule(GroupRule.valueOf(rule));
      Cut cut = ChannelSurgery.cut(dense, values, mask, options);
      assertWithinRounding(cut.network(), cut.parameters(values));
    }
  }

  private static void assertWithinRounding(Network network, Parameters values) {
    Batch batch = RandomBatches.of(network, BATCH, 1);
    Parameters exact = gradient(network, Precision.FLOAT32, values, batch);
    Parameters found = gradient(network, Precision.BFLOAT16, values, batch);
    List<Parameters> moved =
        IntStream.range(0, DRAWS)
            .mapToObj(
                draw ->
                    gradient(
                        network,
                        Precision.FLOAT32,
                        Bfloat16Noise.moved(values, draw),
                        Bfloat16Noise.moved(batch, draw)))
            .toList();
    double largest =
        exact.layout().entries().stream()
            .mapToDouble(entry -> distance(exact, Values.zeros(network), entry))
            .max()
            .orElseThrow();
    for (ParameterLayout.Entry entry : exact.layout().entries()) {
      double noise =
          moved.stream().mapToDouble(other -> distance(other, exact, entry)).max().orElseThrow();
      assertThat(distance(found, exact, entry))
          .as(entry.name())
          .isLessThanOrEqualTo(FACTOR * noise + FLOOR * largest);
    }
  }

  private static Parameters gradient(
      Network network, Precision precision, Parameters values, Batch batch) {
    Parameters gradient = Values.zeros(network);
    try (Replica replica =
        new Dl4jEngine().open(new ReplicaRequest(network, Device.cpu(), precision, 1))) {
      replica.load(values, Values.zeros(network));
      replica.gradients(batch, 0.1, gradient);
    }
    return gradient;
  }

  private static double distance(Parameters a, Parameters b, ParameterLayout.Entry entry) {
    double sum = 0;
    for (int i = entry.offset(); i < entry.end(); i++) {
      double difference = a.values()[i] - b.values()[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
