package io.earlybird.model.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.NetworkJson;
import io.earlybird.model.network.Node;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OperationCountTest {
  private static final Map<String, String> NAMES =
      Map.of(
          "VGG16-BN (CIFAR)", "vgg16-cifar",
          "PreResNet-101 (CIFAR)", "preresnet-101",
          "PreResNet-164 (CIFAR)", "preresnet-164",
          "ResNet-18", "resnet18",
          "ResNet-50 v1.5", "resnet50",
          "ResNet-50 v1", "resnet50-v1");

  private static final String BIASED =
      "ResNet-50 v1.5 with biased downsample conv (official EB code)";

  static Stream<Arguments> goldenCosts() {
    return Golden.rows("derived_model_costs.csv").stream()
        .map(row -> Arguments.of(row[0] + " " + row[2], row));
  }

  private static Network network(String[] row) {
    int classes = Integer.parseInt(row[2]);
    int size = Integer.parseInt(row[1].substring(row[1].lastIndexOf('x') + 1));
    return row[0].equals(BIASED)
        ? withBiasedShortcuts(Networks.named("resnet50", classes, size))
        : Networks.named(NAMES.get(row[0]), classes, size);
  }

  private static Network withBiasedShortcuts(Network network) {
    List<Node> nodes =
        network.nodes().stream()
            .map(
                node ->
                    node instanceof Convolution c && c.name().endsWith("downsample.0")
                        ? new Convolution(
                            c.name(),
                            c.source(),
                            c.outChannels(),
                            c.kernel(),
                            c.stride(),
                            c.padding(),
                            true)
                        : node)
            .toList();
    return new Network(network.name(), nodes);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("goldenCosts")
  void countsOfThePaperNetworksAreExact(String name, String[] row) {
    OperationCount count = OperationCount.of(network(row));
    assertThat(count.parameters()).isEqualTo(Long.parseLong(row[3]));
    assertThat(count.batchNormChannels()).isEqualTo(Long.parseLong(row[4]));
    assertThat(count.macs()).isEqualTo(Long.parseLong(row[5]));
    assertThat(2 * count.macs()).isEqualTo(Long.parseLong(row[6]));
    assertThat(count.paperFlops()).isEqualTo(Long.parseLong(row[7]));
  }

  private static OperationCount part(String network, Predicate<NodeCost> belongs) {
    OperationCount all = OperationCount.of(Networks.named(network));
    return new OperationCount(all.nodes().stream().filter(belongs).toList(), 0);
  }

  private static OperationCount convolutions(String network, String prefix) {
    return part(
        network, node -> node.name().startsWith(prefix) && node.kind().equals("convolution"));
  }

  @Test
  void layersOfVgg16AreThoseOfTheTable() {
    List<NodeCost> layers =
        OperationCount.of(Networks.named("vgg16-cifar")).nodes().stream()
            .filter(node -> node.macs() > 0)
            .toList();
    assertThat(layers)
        .extracting(NodeCost::parameters)
        .containsExactly(
            1_728L,
            36_864L,
            73_728L,
            147_456L,
            294_912L,
            589_824L,
            589_824L,
            1_179_648L,
            2_359_296L,
            2_359_296L,
            2_359_296L,
            2_359_296L,
            2_359_296L,
            5_130L);
    assertThat(layers)
        .extracting(NodeCost::macs)
        .containsExactly(
            1_769_472L,
            37_748_736L,
            18_874_368L,
            37_748_736L,
            18_874_368L,
            37_748_736L,
            37_748_736L,
            18_874_368L,
            37_748_736L,
            37_748_736L,
            9_437_184L,
            9_437_184L,
            9_437_184L,
            5_120L);
    assertThat(layers)
        .extracting(node -> node.outputShape().height())
        .containsExactly(32, 32, 16, 16, 8, 8, 8, 4, 4, 4, 2, 2, 2, 1);
  }

  @Test
  void operationsOfVgg16OtherThanMacsAreThoseOfTheTable() {
    assertThat(kind("vgg16-cifar", "batch-norm").paperFlops() / 1e6).isBetween(0.545, 0.555);
    assertThat(kind("vgg16-cifar", "relu").paperFlops() / 1e6).isBetween(0.275, 0.285);
    assertThat(kind("vgg16-cifar", "max-pool").paperFlops() / 1e6).isBetween(0.115, 0.125);
  }

  private static OperationCount kind(String network, String kind) {
    return part(network, node -> node.kind().equals(kind));
  }

  @Test
  void stagesOfPreResNet101AreThoseOfTheTable() {
    assertThat(convolutions("preresnet-101", "conv1").parameters()).isEqualTo(432);
    assertThat(convolutions("preresnet-101", "conv1").macs()).isEqualTo(442_368);
    long[][] stages = {{48_128, 49_283_072}, {197_632, 52_166_656}, {790_528, 52_166_656}};
    for (int stage = 1; stage <= 3; stage++) {
      OperationCount count = convolutions("preresnet-101", "layer" + stage);
      assertThat(count.parameters()).isEqualTo(stages[stage - 1][0]);
      assertThat(count.macs()).isEqualTo(stages[stage - 1][1]);
    }
  }

  @Test
  void readGatesOfPreResNet101Have4944ChannelsAndInnerBatchNorms2464() {
    List<NodeCost> norms = kind("preresnet-101", "batch-norm").nodes();
    long inner =
        norms.stream()
            .filter(node -> node.name().endsWith("bn2") || node.name().endsWith("bn3"))
            .mapToLong(node -> node.outputShape().channels())
            .sum();
    long gates = norms.stream().mapToLong(node -> node.outputShape().channels()).sum() - inner;
    assertThat(norms).hasSize(100);
    assertThat(inner).isEqualTo(2464);
    assertThat(gates).isEqualTo(4944);
  }

  @Test
  void stagesOfResNetsAreThoseOfTheTable() {
    assertStages("resnet18", new long[] {147_456, 524_288, 2_097_152, 8_388_608});
    assertStages("resnet50", new long[] {212_992, 1_212_416, 7_077_888, 14_942_208});
    assertStageMacs("resnet18", new double[] {462.422, 411.042, 411.042, 411.042});
    assertStageMacs("resnet50", new double[] {667.943, 1027.604, 1464.336, 809.239});
    assertStageMacs("resnet50-v1", new double[] {667.943, 950.534, 1387.266, 732.168});
    assertThat(convolutions("resnet50", "conv1").parameters()).isEqualTo(9_408);
    assertThat(kind("resnet18", "linear").parameters()).isEqualTo(513_000);
    assertThat(kind("resnet50", "linear").parameters()).isEqualTo(2_049_000);
    assertThat(kind("resnet18", "batch-norm").parameters()).isEqualTo(9_600);
    assertThat(kind("resnet50", "batch-norm").parameters()).isEqualTo(53_120);
  }

  private static void assertStages(String network, long[] parameters) {
    for (int stage = 1; stage <= parameters.length; stage++) {
      assertThat(convolutions(network, "layer" + stage).parameters())
          .isEqualTo(parameters[stage - 1]);
    }
  }

  private static void assertStageMacs(String network, double[] millions) {
    for (int stage = 1; stage <= millions.length; stage++) {
      double counted = convolutions(network, "layer" + stage).macs() / 1e6;
      assertThat(Math.round(counted * 1000) / 1000.0).isEqualTo(millions[stage - 1]);
    }
  }

  @Test
  void theLastPoolIsCountedWhereTheToolSeesAModule() {
    assertThat(kind("resnet18", "average-pool").paperFlops()).isEqualTo(49 * 512);
    for (String name : List.of("vgg16-cifar", "preresnet-101", "resnet18-cifar", "demo")) {
      assertThat(kind(name, "average-pool").paperFlops()).isZero();
    }
  }

  @Test
  void kindsAreThoseOfTheJson() {
    for (String name : List.of("resnet18", "vgg16-cifar")) {
      Network network = Networks.named(name);
      String json = NetworkJson.write(network);
      for (NodeCost node : OperationCount.of(network).nodes()) {
        assertThat(json)
            .contains("\"kind\":\"" + node.kind() + "\",\"name\":\"" + node.name() + "\"");
      }
    }
  }

  @Test
  void demoCostsBetweenTenAndTwentyMillionMacs() {
    assertThat(OperationCount.of(Networks.named("demo")).macs())
        .isBetween(10_000_000L, 20_000_000L);
  }

  @Test
  void activationValuesAreAllOutputs() {
    OperationCount count = OperationCount.of(Networks.named("vgg16-cifar"));
    // convolution, batch norm and ReLU each: 2 * 65536 + 2 * 32768 + 3 * 16384 + 3 * 8192 + 3 *
    // 2048
    long three = 3 * (2 * 65_536L + 2 * 32_768L + 3 * 16_384L + 3 * 8_192L + 3 * 2_048L);
    long pools = 16_384 + 8_192 + 4_096 + 2_048 + 512;
    assertThat(count.activationValues()).isEqualTo(3 * 1024 + three + pools + 10);
  }
}
