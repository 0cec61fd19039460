package io.earlybird.model.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Relu;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.reparametrization.MagnitudeMask;
import io.earlybird.model.reparametrization.Reparametrization;
import io.earlybird.model.reparametrization.SelectiveDecay;
import io.earlybird.model.reparametrization.SoftMask;
import io.earlybird.model.reparametrization.SoftThreshold;
import io.earlybird.model.reparametrization.TopGradient;
import io.earlybird.model.reparametrization.UnitThreshold;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Three steps by each rule, against what PyTorch computed in double precision. */
class GoldenReparametrizationTest {
  /** Both add the same products in another order. */
  private static final double TOLERANCE = 1e-12;

  private static final Shape IMAGE = new Shape(2, 5, 5);
  private static final List<String> LAYERS = List.of("conv.weight", "fc.weight");

  /** The network of {@code reparametrized_training.py}. */
  private static final Network NETWORK =
      new Network(
          "golden",
          List.of(
              new Input("input", IMAGE),
              new Convolution("conv", "input", 4, 3, 1, 1),
              new BatchNorm("bn", "conv", 1),
              new Relu("relu", "bn"),
              new AveragePool("pool", "relu", 5, 1, false),
              new Linear("fc", "pool", 3, Linear.Initial.UNIFORM_FAN_IN)));

  static Stream<Arguments> cases() throws IOException {
    JsonNode cases =
        new ObjectMapper()
            .readTree(
                GoldenReparametrizationTest.class.getResource(
                    "/golden/reparametrized_training.json"));
    return Stream.iterate(0, i -> i < cases.size(), i -> i + 1)
        .map(i -> Arguments.of(cases.get(i).get("name").asText(), cases.get(i)));
  }

  private static Reparametrization rule(String name) {
    return switch (name) {
      case "dnw" -> new MagnitudeMask(LAYERS, 42, 1);
      case "str" -> new SoftThreshold(LAYERS, 0, 0);
      case "dst" -> new UnitThreshold(LAYERS, 0.01);
      case "cs" -> new SoftMask(LAYERS, -0.1, 0.01, 64, 3, 1);
      case "gsm" -> new TopGradient(LAYERS, 20, 0);
      case "lc" -> new SelectiveDecay(LAYERS, 20, 0, 1, 1, 0);
      default -> throw new IllegalArgumentException(name);
    };
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

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void threeStepsAgreeWithPyTorch(String name, JsonNode golden) {
    Reparametrization rule = rule(name);
    Network network = NETWORK.withAuxiliaries(rule.auxiliaries(ParameterLayout.of(NETWORK)));
    ParameterLayout layout = ParameterLayout.of(network);
    ReferenceReplica replica = new ReferenceReplica(network);
    double[] values = new double[layout.length()];
    System.arraycopy(fill(layout.trainableLength(), 0), 0, values, 0, layout.trainableLength());
    replica.load(values, new double[layout.length()]);
    StepRule template = StepRule.sgd(0, 0.9, 0.01).withReparametrization(rule);
    for (int step = 0; step < 3; step++) {
      double loss = replica.step(batch(step), template.at(0.125, step)).loss();
      assertThat(loss).isCloseTo(golden.get("losses").get(step).asDouble(), within(TOLERANCE));
    }
    assertTensors(layout, golden.get("values"), replica.values());
    assertTensors(layout, golden.get("momentum"), replica.momentum());
  }

  private static void assertTensors(ParameterLayout layout, JsonNode golden, double[] found) {
    for (ParameterLayout.Entry entry : layout.entries()) {
      if (entry.spec().role().trainable()) {
        JsonNode expected = golden.get(entry.name());
        assertThat(expected.size()).isEqualTo(entry.length());
        for (int i = 0; i < entry.length(); i++) {
          assertThat(found[entry.offset() + i])
              .as(entry.name())
              .isCloseTo(expected.get(i).asDouble(), within(TOLERANCE));
        }
      }
    }
  }
}
