package io.earlybird.spark.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit/gpu/discover-gpus}, whose output Spark's own reader reads. */
class GpuDiscoveryTest {
  private static final List<String> THREE = List.of("GPU-aa11", "GPU-bb22", "GPU-cc33");

  @TempDir private Path directory;

  private record Outcome(int exit, String output, String errors) {}

  @Test
  void printsTheNumbersOfAllGpusWhereNoneIsHidden() throws Exception {
    assertThat(addresses(Optional.empty())).containsExactly("0", "1", "2");
  }

  @Test
  void printsWhatTheProcessSeesAsItIsNamed() throws Exception {
    assertThat(addresses(Optional.of("2, 0"))).containsExactly("2", "0");
    assertThat(addresses(Optional.of("GPU-cc33,GPU-a"))).containsExactly("GPU-cc33", "GPU-a");
    assertThat(addresses(Optional.of("MIG-1"))).containsExactly("MIG-1");
  }

  @Test
  void stopsAtANameThatNoGpuHasAsCudaDoes() throws Exception {
    Outcome outcome = discover(Optional.of("1,7,0"));

    assertThat(read(outcome)).containsExactly("1");
    assertThat(outcome.errors()).contains("CUDA_VISIBLE_DEVICES=1,7,0 names '7'");
  }

  @Test
  void failsWhereAllAreHidden() throws Exception {
    for (String hidden : List.of("", "-1")) {
      Outcome outcome = discover(Optional.of(hidden));

      assertThat(outcome.exit()).isEqualTo(1);
      assertThat(outcome.output()).isEmpty();
      assertThat(outcome.errors())
          .contains("no GPU is visible (nvidia-smi lists 3, CUDA_VISIBLE_DEVICES=" + hidden + ")");
    }
  }

  @Test
  void failsWithTheWordsOfADriverThatFails() throws Exception {
    MadeUpGpus gpus = MadeUpGpus.of(directory, THREE);
    MadeUpGpus.executable(
        directory.resolve("nvidia-smi"), "#!/bin/sh\necho 'No devices were found'\nexit 6\n");
    Outcome outcome = run(gpus.discovery(Optional.empty()));

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.errors()).contains("nvidia-smi failed: No devices were found");
  }

  private List<String> addresses(Optional<String> visible) throws Exception {
    return read(discover(visible));
  }

  private static List<String> read(Outcome outcome) {
    assertThat(outcome.exit()).describedAs(outcome.errors()).isZero();
    ResourceInformation found = ResourceInformation.parseJson(outcome.output());
    assertThat(found.name()).isEqualTo("gpu");
    return List.of(found.addresses());
  }

  private Outcome discover(Optional<String> visible) throws Exception {
    return run(MadeUpGpus.of(directory, THREE).discovery(visible));
  }

  private Outcome run(Path script) throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Path errors = directory.resolve("errors");
    ProcessBuilder builder =
        new ProcessBuilder(script.toString())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().remove("CUDA_VISIBLE_DEVICES");
    int exit = builder.start().waitFor();
    return new Outcome(exit, text(output), text(errors));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
