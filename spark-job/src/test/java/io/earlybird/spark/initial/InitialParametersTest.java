package io.earlybird.spark.initial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.data.image.Augmentation;
import io.earlybird.data.image.ImageSettings;
import io.earlybird.data.image.Normalization;
import io.earlybird.model.architecture.Networks;
import io.earlybird.model.file.Dtype;
import io.earlybird.model.file.SafetensorsWriter;
import io.earlybird.model.file.Sha256;
import io.earlybird.model.file.TensorHeader;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.spark.export.ExportFormat;
import io.earlybird.spark.run.InputDescription;
import io.earlybird.spark.run.TrainedNetwork;
import io.earlybird.spark.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitialParametersTest {
  private static final int CLASSES = 7;
  private static final Network NETWORK = Networks.named("demo-resnet", CLASSES, 16);

  @TempDir private Path folder;

  @Test
  void withoutAFileValuesAreDrawnFromTheSeed() {
    InitialParameters initial = initial("run.seed=3");
    assertThat(initial.sha256()).isEmpty();
    assertThat(initial.values()).isEqualTo(Initialization.draw(NETWORK, 3));
  }

  @Test
  void anExportedNetworkComesBackBitForBitRunningStatisticsIncluded() throws IOException {
    for (String name : List.of("demo-resnet", "resnet18", "vgg16-cifar", "preresnet-20")) {
      Network network = Networks.named(name, CLASSES, 32);
      Parameters values = random(network, 5);
      Path file = exported(network, values);
      InitialParameters initial =
          initial(
              "network.name=" + name, "data.image-size=32", "network.initial-parameters=" + file);
      assertThat(initial.values()).as(name).isEqualTo(values);
      assertThat(initial.sha256()).hasValue(Sha256.of(Files.readAllBytes(file)));
    }
  }

  /** The same file under a URI with a scheme. */
  @Test
  void aFileMayBeNamedByItsUri() throws IOException {
    Parameters values = random(NETWORK, 5);
    Path file = exported(NETWORK, values);
    assertThat(initial("network.initial-parameters=" + file.toUri()).values()).isEqualTo(values);
  }

  @Test
  void otherClassesAreRefusedAndTheWayOutIsNamed() throws IOException {
    Path file = exported(Networks.named("demo-resnet", 10, 16), 5);
    assertThatThrownBy(() -> initial("network.initial-parameters=" + file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its tensors are not those of demo-resnet with 7 classes")
        .hasMessageContaining("fc.weight is [10, ")
        .hasMessageContaining("fc.bias is [10], must be [7]")
        .hasMessageContaining("set network.initial-classifier=drawn");
  }

  @Test
  void aClassifierThatIsDrawnIsThatOfTheSeedAndAllElseOfTheFile() throws IOException {
    Network other = Networks.named("demo-resnet", 10, 16);
    Parameters imported = random(other, 5);
    Path file = exported(other, imported);
    Parameters values =
        initial(
                "run.seed=3",
                "network.initial-parameters=" + file,
                "network.initial-classifier=drawn")
            .values();
    Parameters drawn = Initialization.draw(NETWORK, 3);
    for (ParameterLayout.Entry entry : values.layout().entries()) {
      Parameters from = entry.name().startsWith("fc.") ? drawn : imported;
      assertThat(values.slice(entry.name())).as(entry.name()).isEqualTo(from.slice(entry.name()));
    }
  }

  @Test
  void missingAndSurplusTensorsAreNamed() throws IOException {
    List<TensorHeader> headers = headers(Dtype.F32);
    headers.removeIf(header -> header.name().startsWith("bn1."));
    headers.add(new TensorHeader("head.weight", Dtype.F32, List.of(2)));
    Path file = zeros(headers);
    assertThatThrownBy(() -> initial("network.initial-parameters=" + file))
        .hasMessageContaining("missing: bn1.weight, bn1.bias, bn1.running_mean, bn1.running_var;")
        .hasMessageContaining("not of the network: head.weight")
        .hasMessageEndingWith(
            "name a file for this network.name, with the names that torchvision gives");
  }

  @Test
  void ofManyTensorsOnlyTheFirstAreNamed() throws IOException {
    Path file = zeros(List.of(new TensorHeader("conv1.weight", Dtype.F32, List.of(1))));
    int others = ParameterLayout.of(NETWORK).entries().size() - 1;
    assertThatThrownBy(() -> initial("network.initial-parameters=" + file))
        .hasMessageContaining("and " + (others - 5) + " more")
        .hasMessageContaining("different: conv1.weight is [1], must be [");
  }

  @Test
  void valuesThatAreNoFloatsAreRefused() throws IOException {
    Path file = zeros(headers(Dtype.F64));
    assertThatThrownBy(() -> initial("network.initial-parameters=" + file))
        .hasMessageContaining("conv1.weight is F64, must be one of [");
  }

  /** Patterns of IEEE 754-2008 binary16, and the upper halves of binary32. */
  @ParameterizedTest
  @CsvSource({
    "F16, 3c00, 1.0",
    "F16, c000, -2.0",
    "F16, 7bff, 65504.0",
    "F16, 0001, 5.9604645e-8",
    "BF16, 3f80, 1.0",
    "BF16, c040, -3.0"
  })
  void halvesAreTakenAsTheNumbersThatTheyAre(Dtype dtype, String bits, float value)
      throws IOException {
    Path file = folder.resolve("halves.safetensors");
    List<TensorHeader> headers = headers(dtype);
    try (OutputStream out = Files.newOutputStream(file)) {
      SafetensorsWriter writer = new SafetensorsWriter(out, headers, Map.of());
      for (TensorHeader header : headers) {
        ByteBuffer bytes =
            ByteBuffer.allocate((int) header.byteLength()).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
          bytes.putShort((short) Integer.parseInt(bits, 16));
        }
        writer.append(bytes.flip());
      }
      writer.finish();
    }
    assertThat(initial("network.initial-parameters=" + file).values().values()).containsOnly(value);
  }

  @Test
  void aValueThatIsNotFiniteIsRefused() throws IOException {
    Parameters values = random(NETWORK, 5);
    values.slice("layer1.0.bn1.running_var").put(2, Float.NaN);
    Path file = exported(NETWORK, values);
    assertThatThrownBy(() -> initial("network.initial-parameters=" + file))
        .hasMessageContaining("value 2 of tensor layer1.0.bn1.running_var is NaN");
  }

  @Test
  void whatIsNoSafetensorsFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("weights.pth"), "PK and so on, and so on");
    assertThatThrownBy(() -> initial("network.initial-parameters=" + file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it cannot be read as a safetensors file");
  }

  @Test
  void aFileThatChangesBeforeTheRunBeginsIsRefused() throws IOException {
    Path file = exported(NETWORK, random(NETWORK, 5));
    InitialParameters initial = initial("network.initial-parameters=" + file);
    Files.write(file, Files.readAllBytes(exported(NETWORK, 6)));
    assertThatThrownBy(initial::values)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it was changed while the run started");
  }

  private static InitialParameters initial(String... overrides) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "data.train=/t",
                "data.validation=/v",
                "data.image-size=16",
                "network.name=demo-resnet",
                "network.classes=" + CLASSES));
    all.addAll(List.of(overrides));
    return InitialParameters.of(Settings.of(all), new Configuration());
  }

  private static Parameters random(Network network, long seed) {
    Parameters values = Parameters.zeros(ParameterLayout.of(network));
    Random random = new Random(seed);
    for (int i = 0; i < values.values().length; i++) {
      values.values()[i] = random.nextFloat();
    }
    return values;
  }

  private Path exported(Network network, long seed) throws IOException {
    return exported(network, random(network, seed));
  }

  private Path exported(Network network, Parameters values) throws IOException {
    List<String> classes =
        IntStream.range(0, network.classes()).mapToObj(label -> "class " + label).toList();
    ImageSettings images =
        new ImageSettings(network.imageShape().height(), Augmentation.NONE, Normalization.CIFAR);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ExportFormat.SAFETENSORS.write(
        new TrainedNetwork(
            TrainingState.initial(network, values), new InputDescription(images, classes)),
        out);
    return Files.write(Files.createTempFile(folder, "exported", ".safetensors"), out.toByteArray());
  }

  private static List<TensorHeader> headers(Dtype dtype) {
    List<TensorHeader> headers = new ArrayList<>();
    for (ParameterLayout.Entry entry : ParameterLayout.of(NETWORK).entries()) {
      headers.add(new TensorHeader(entry.name(), dtype, entry.spec().shape()));
    }
    return headers;
  }

  private Path zeros(List<TensorHeader> headers) throws IOException {
    Path file = folder.resolve("zeros.safetensors");
    try (OutputStream out = Files.newOutputStream(file)) {
      SafetensorsWriter writer = new SafetensorsWriter(out, headers, Map.of());
      for (TensorHeader header : headers) {
        writer.append(ByteBuffer.allocate((int) header.byteLength()));
      }
      writer.finish();
    }
    return file;
  }
}
