package io.earlybird.model.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersFileTest {
  private static final Network NETWORK = Networks.named("demo-resnet");
  private static final ParameterLayout LAYOUT = ParameterLayout.of(NETWORK);

  private static byte[] written(Parameters parameters) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ParametersFile.write(out, parameters, Map.of("network", NETWORK.name()));
    return out.toByteArray();
  }

  private static ParametersFile read(byte[] bytes, ParameterLayout layout) throws IOException {
    return ParametersFile.read(new ByteArrayInputStream(bytes), bytes.length, layout);
  }

  private static Safetensors tensors(byte[] bytes) throws IOException {
    return Safetensors.read(new ByteArrayInputStream(bytes), bytes.length);
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    Parameters parameters = Initialization.draw(NETWORK, 5);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String hash = ParametersFile.write(out, parameters, Map.of("network", "demo-resnet"));
    ParametersFile file = read(out.toByteArray(), LAYOUT);
    assertThat(file.parameters()).isEqualTo(parameters);
    assertThat(file.metadata()).containsEntry("network", "demo-resnet");
    assertThat(file.sha256()).isEqualTo(hash);
  }

  @Test
  void tensorsHaveTheNamesAndShapesOfTheNetwork() throws IOException {
    Safetensors file = tensors(written(Parameters.zeros(LAYOUT)));
    assertThat(file.tensor("layer2.0.downsample.0.weight").header().shape())
        .containsExactly(16, 8, 1, 1);
    assertThat(file.tensor("bn1.running_var").header().shape()).containsExactly(8);
    assertThat(file.tensors().keySet())
        .containsExactlyElementsOf(
            LAYOUT.entries().stream().map(ParameterLayout.Entry::name).toList());
  }

  @Test
  void tensorsOfAnotherOrderAndCountersArePutInPlace() throws IOException {
    Parameters parameters = Initialization.draw(NETWORK, 5);
    List<Tensor> tensors = new ArrayList<>(tensors(written(parameters)).tensors().values());
    Collections.reverse(tensors);
    tensors.add(3, Tensor.of("bn1.num_batches_tracked", List.of(), 17L));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(out, tensors, Map.of());
    assertThat(read(out.toByteArray(), LAYOUT).parameters()).isEqualTo(parameters);
  }

  @Test
  void refusesAFileOfAnotherNetworkAndNamesTensors() throws IOException {
    byte[] bytes = written(Parameters.zeros(LAYOUT));
    ParameterLayout other = ParameterLayout.of(Networks.named("demo-resnet", 7, 32));
    assertThatThrownBy(() -> read(bytes, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 tensors")
        .hasMessageContaining("fc.weight F32[7, 16]")
        .hasMessageContaining("fc.weight F32[10, 16]");
  }
}
