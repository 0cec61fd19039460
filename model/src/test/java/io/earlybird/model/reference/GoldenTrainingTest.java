package io.earlybird.model.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.MomentumForm;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Add;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.MaxPool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Relu;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.ParameterLayout;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Three steps of a residual network, against what PyTorch computed in double precision. */
class GoldenTrainingTest {
  /** Both add the same products in another order. */
  private static final double TOLERANCE = 1e-12;

  private static final Shape IMAGE = new Shape(2, 7, 7);

  /** The network of {@code residual_training.py}. */
  private static final Network NETWORK =
      new Network(
          "golden",
          List.of(
              new Input("input", IMAGE),
              new Convolution("conv1", "input", 4, 3, 1, 1, true),
              new BatchNorm("bn1", "conv1", 1),
              new Relu("relu", "bn1"),
              new MaxPool("maxpool", "relu", 3, 2, 1),
              new Convolution("block.conv1", "maxpool", 6, 3, 2, 1),
              new BatchNorm("block.bn1", "block.conv1", 1),
              new Relu("block.relu1", "block.bn1"),
              new Convolution("block.conv2", "block.relu1", 6, 3, 1, 1),
              new BatchNorm("block.bn2", "block.conv2", 1),
              new Convolution("block.downsample.0", "maxpool", 6, 1, 2, 0),
              new BatchNorm("block.downsample.1", "block.downsample.0", 1),
              new Add("block.add", List.of("block.bn2", "block.downsample.1")),
              new Relu("block.relu", "block.add"),
              new AveragePool("avgpool", "block.relu", 2, 1, false),
              new Linear("fc", "avgpool", 3, Linear.Initial.UNIFORM_FAN_IN)));

  static Stream<Arguments> cases() throws IOException {
    JsonNode cases =
        new ObjectMapper()
            .readTree(GoldenTrainingTest.class.getResource("/golden/residual_training.json"));
    return Stream.iterate(0, i -> i < cases.size(), i -> i + 1)
        .map(i -> Arguments.of(cases.get(i).get("name").asText(), cases.get(i)));
  }

  /** start, start + 1, ... hashed to multiples of 1/128 in [-1, 1), as the script does. */
  private static double[] fill(int length, long start) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = (((start + i) * 2654435761L & 0xffffffffL) >> 24) / 128.0 - 1;
    }
    return values;
  }

  private static Batch batch(int step) {
    int size = step == 2 ? 3 : 4;
    double[] pixels = fill(size * IMAGE.elements(), 10_000L * (step + 1));
    FloatBuffer buffer = FloatBuffer.allocate(pixels.length);
    Arrays.stream(pixels).forEach(pixel -> buffer.put((float) pixel));
    int[] labels = new int[size];
    Arrays.setAll(labels, i -> (step + i) % 3);
    return new Batch(size, IMAGE, buffer, labels);
  }

  private static StepRule rule(JsonNode golden) {
    return StepRule.sgd(0.125, 0.9, golden.get("weightDecay").asDouble())
        .withMomentumForm(
            golden.get("nesterov").asBoolean() ? MomentumForm.NESTEROV : MomentumForm.HEAVY_BALL)
        .withLabelSmoothing(golden.get("labelSmoothing").asDouble())
        .withGammaL1(golden.get("gammaL1").asDouble());
  }

  private static ReferenceReplica replica() {
    ParameterLayout layout = ParameterLayout.of(NETWORK);
    double[] values = new double[layout.length()];
    System.arraycopy(fill(layout.trainableLength(), 0), 0, values, 0, layout.trainableLength());
    for (BatchNorm node : NETWORK.nodes(BatchNorm.class)) {
      ParameterLayout.Entry variance = layout.entry(node.runningVariance());
      Arrays.fill(values, variance.offset(), variance.end(), 1);
    }
    ReferenceReplica replica = new ReferenceReplica(NETWORK);
    replica.load(values, new double[layout.length()]);
    return replica;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void threeStepsAgreeWithPyTorch(String name, JsonNode golden) {
    ReferenceReplica replica = replica();
    for (int step = 0; step < 3; step++) {
      double loss = replica.step(batch(step), rule(golden)).loss();
      assertThat(loss).isCloseTo(golden.get("losses").get(step).asDouble(), within(TOLERANCE));
    }
    assertTensors(golden.get("values"), replica.values());
    assertTensors(golden.get("momentum"), replica.momentum());
    assertClose(
        "logits",
        replica.activation(batch(0), "fc", Mode.EVALUATION),
        golden.get("evaluationLogits"));
  }

  private static void assertTensors(JsonNode golden, double[] found) {
    ParameterLayout layout = ParameterLayout.of(NETWORK);
    assertThat(golden.size()).isGreaterThanOrEqualTo(layout.entries().size() - 8);
    golden
        .properties()
        .forEach(
            tensor -> {
              ParameterLayout.Entry entry = layout.entry(tensor.getKey());
              double[] slice = Arrays.copyOfRange(found, entry.offset(), entry.end());
              assertClose(tensor.getKey(), slice, tensor.getValue());
            });
  }

  private static void assertClose(String what, double[] found, JsonNode golden) {
    assertThat(found).hasSize(golden.size());
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).as(what).isCloseTo(golden.get(i).asDouble(), within(TOLERANCE));
    }
  }
}
