package io.earlybird.model.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.NetworkJson;
import io.earlybird.model.network.Shape;
import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.ParameterLayout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
  static Set<String> names() {
    return Networks.names();
  }

  /** Name to shape, written 64x3x7x7, in the order of torchvision's state dictionary. */
  private static Map<String, String> torchvisionTensors(String network) throws IOException {
    Map<String, String> shapes = new LinkedHashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                NetworksTest.class.getResourceAsStream("/golden/torchvision_tensors.csv"),
                StandardCharsets.UTF_8))) {
      reader
          .lines()
          .map(line -> line.split(",", -1))
          .filter(cells -> cells[0].equals(network))
          .forEach(cells -> shapes.put(cells[1], cells[2]));
    }
    return shapes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "resnet50"})
  void tensorsOfResNetsAreTorchvisions(String name) throws IOException {
    ParameterLayout layout = ParameterLayout.of(Networks.named(name));
    Map<String, String> shapes = new LinkedHashMap<>();
    for (ParameterLayout.Entry entry : layout.entries()) {
      String shape =
          entry.spec().shape().stream().map(String::valueOf).collect(Collectors.joining("x"));
      shapes.put(entry.name(), shape);
    }
    Map<String, String> expected = torchvisionTensors(name);
    assertThat(shapes).containsExactlyInAnyOrderEntriesOf(expected);
    List<String> trainable =
        layout.entries().stream()
            .filter(entry -> entry.spec().role().trainable())
            .map(ParameterLayout.Entry::name)
            .toList();
    assertThat(trainable)
        .containsExactlyElementsOf(
            expected.keySet().stream().filter(key -> !key.contains("running")).toList());
  }

  @Test
  void batchNormsOfResNet18StandInRegistrationOrder() {
    List<String> names =
        Networks.named("resnet18").nodes(BatchNorm.class).stream().map(BatchNorm::name).toList();
    assertThat(names)
        .startsWith("bn1", "layer1.0.bn1", "layer1.0.bn2", "layer1.1.bn1", "layer1.1.bn2")
        .hasSize(20);
    // 1-based positions of the specification
    assertThat(names.get(8 - 1)).isEqualTo("layer2.0.downsample.1");
    assertThat(names.get(13 - 1)).isEqualTo("layer3.0.downsample.1");
    assertThat(names.get(18 - 1)).isEqualTo("layer4.0.downsample.1");
    assertThat(names.get(20 - 1)).isEqualTo("layer4.1.bn2");
  }

  @Test
  void batchNormsOfResNet50StandInRegistrationOrder() {
    List<String> names =
        Networks.named("resnet50").nodes(BatchNorm.class).stream().map(BatchNorm::name).toList();
    assertThat(names).hasSize(53);
    for (int position : new int[] {5, 15, 28, 47}) {
      assertThat(names.get(position - 1)).endsWith("0.downsample.1");
    }
    for (int position : new int[] {4, 8, 11, 14, 18, 21, 24, 27, 31, 34, 37, 40, 43, 46, 50, 53}) {
      assertThat(names.get(position - 1)).endsWith("bn3");
    }
  }

  @Test
  void preActivationBlocksNormalizeFirst() {
    Network network = Networks.named("preresnet-101");
    List<String> names = network.nodes(BatchNorm.class).stream().map(BatchNorm::name).toList();
    assertThat(names)
        .startsWith("layer1.0.bn1", "layer1.0.bn2", "layer1.0.bn3", "layer1.1.bn1")
        .endsWith("layer3.10.bn3", "bn")
        .hasSize(100);
    assertThat(network.readers("conv1"))
        .containsExactlyInAnyOrder("layer1.0.bn1", "layer1.0.downsample.0");
    assertThat(network.readers("layer1.0.bn1")).containsExactly("layer1.0.relu1");
  }

  @Test
  void tensorsOfVggAreNumberedAsTorchvisions() {
    Network network = Networks.named("vgg16-cifar");
    List<String> names = network.nodes(Convolution.class).stream().map(Convolution::name).toList();
    assertThat(names)
        .containsExactly(
            "features.0",
            "features.3",
            "features.7",
            "features.10",
            "features.14",
            "features.17",
            "features.20",
            "features.24",
            "features.27",
            "features.30",
            "features.34",
            "features.37",
            "features.40");
    assertThat(network.output().name()).isEqualTo("classifier");
  }

  @Test
  void theStrideOfVersionOneIsInTheFirstPointwiseConvolution() {
    Convolution v1 = (Convolution) Networks.named("resnet50-v1").node("layer2.0.conv1");
    Convolution v15 = (Convolution) Networks.named("resnet50").node("layer2.0.conv1");
    assertThat(v1.stride()).isEqualTo(2);
    assertThat(v15.stride()).isEqualTo(1);
    assertThat(((Convolution) Networks.named("resnet50").node("layer2.0.conv2")).stride())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "resnet18, 1.0, UNIFORM_FAN_IN",
    "resnet50, 1.0, UNIFORM_FAN_IN",
    "resnet18-cifar, 1.0, UNIFORM_FAN_IN",
    "vgg16-cifar, 0.5, NORMAL_001",
    "preresnet-101, 0.5, UNIFORM_FAN_IN"
  })
  void initializationIsThatOfTheSpecification(String name, double gamma, String classifier) {
    Network network = Networks.named(name);
    assertThat(network.nodes(BatchNorm.class))
        .allSatisfy(node -> assertThat(node.initialGamma()).isEqualTo(gamma));
    assertThat(network.output().initial().name()).isEqualTo(classifier);
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyNetworkTakesClassesAndSmallImagesAndPassesThroughJson(String name) {
    Network network = Networks.named(name, 7, 32);
    assertThat(network.name()).isEqualTo(name);
    assertThat(network.classes()).isEqualTo(7);
    assertThat(network.imageShape()).isEqualTo(new Shape(3, 32, 32));
    assertThat(NetworkJson.read(NetworkJson.write(network))).isEqualTo(network);
    assertThat(ParameterLayout.of(network).entries(Role.BIAS)).hasSize(1);
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertThatThrownBy(() -> Networks.named("resnet19"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Unknown network resnet19; known are resnet18, resnet50, resnet50-v1, resnet18-cifar,"
                + " vgg16-cifar, preresnet-20, preresnet-56, preresnet-101, preresnet-164, demo,"
                + " demo-resnet");
  }

  @Test
  void imagesThatAreTooSmallAreNamed() {
    assertThatThrownBy(() -> Networks.named("vgg16-cifar", 10, 8))
        .hasMessageContaining("features.33")
        .hasMessageContaining("larger images");
  }
}
