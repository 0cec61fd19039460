package io.earlybird.model.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.earlybird.model.architecture.Networks;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsFuzzTest {
  private static final ParameterLayout LAYOUT = ParameterLayout.of(Networks.named("demo-resnet"));

  static Stream<Arguments> seeds() throws IOException {
    ByteArrayOutputStream tensors = new ByteArrayOutputStream();
    Safetensors.write(
        tensors,
        List.of(
            Tensor.of("doubles", List.of(2), 1e300, -0.0),
            Tensor.of("longs", List.of(1, 2), Long.MIN_VALUE, 7),
            Tensor.of("floats", List.of(3, 0), new float[0]),
            Tensor.of("bytes", (byte) 0, (byte) 255)),
        Map.of("network", "demo"));
    ByteArrayOutputStream parameters = new ByteArrayOutputStream();
    ParametersFile.write(parameters, Parameters.zeros(LAYOUT), Map.of());
    return Stream.of(tensors, parameters).map(file -> Arguments.of((Object) file.toByteArray()));
  }

  @MethodSource("seeds")
  @FuzzTest
  void whatIsReadIsWrittenToTheSameTensors(byte[] file) throws IOException {
    try {
      Safetensors read = Safetensors.read(new ByteArrayInputStream(file), file.length);
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      Safetensors.write(written, List.copyOf(read.tensors().values()), read.metadata());
      byte[] again = written.toByteArray();
      assertThat(Safetensors.read(new ByteArrayInputStream(again), again.length).tensors())
          .isEqualTo(read.tensors());
      ParametersFile.read(new ByteArrayInputStream(file), file.length, LAYOUT);
    } catch (MalformedFileException e) {
      assertThat(e).hasMessageStartingWith("Invalid safetensors file: ");
    } catch (IllegalArgumentException e) {
      assertThat(e)
          .hasMessageStartingWith("Cannot read parameters: the file is of another network");
    }
  }
}
