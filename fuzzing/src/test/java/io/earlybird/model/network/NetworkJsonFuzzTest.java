package io.earlybird.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.earlybird.model.architecture.Networks;
import io.earlybird.model.parameters.ParameterLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkJsonFuzzTest {
  private static final int LONGEST_MESSAGE = 4_000;

  static Stream<Arguments> seeds() {
    Network everyKind =
        new Network(
            "every-kind",
            List.of(
                new Input("input", new Shape(3, 8, 8)),
                new Convolution("conv", "input", 4, 3, 1, 1, true),
                new BatchNorm("bn", "conv", 0.5),
                new Relu("relu", "bn"),
                new MaxPool("max", "relu", 2, 2, 0),
                new ChannelSelect("select", "max", List.of(0, 2)),
                new IndexedAdd(
                    "indexed",
                    4,
                    List.of(
                        new IndexedAdd.Term("max", List.of(0, 1, 2, 3)),
                        new IndexedAdd.Term("select", List.of(1, 3)))),
                new Add("add", List.of("indexed", "max")),
                new AveragePool("avg", "add", 4, 1, true),
                new Linear("fc", "avg", 5, Linear.Initial.NORMAL_001)));
    return Stream.of(everyKind, Networks.named("demo-resnet"))
        .map(network -> NetworkJson.write(network).getBytes(StandardCharsets.UTF_8))
        .map(json -> Arguments.of((Object) json));
  }

  @MethodSource("seeds")
  @FuzzTest
  void whatIsReadIsWrittenToTheSameNetwork(byte[] json) {
    try {
      Network network = NetworkJson.read(new String(json, StandardCharsets.UTF_8));
      assertThat(NetworkJson.read(NetworkJson.write(network))).isEqualTo(network);
      assertThat(ParameterLayout.of(network).length()).isPositive();
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(LONGEST_MESSAGE + json.length);
    }
  }
}
