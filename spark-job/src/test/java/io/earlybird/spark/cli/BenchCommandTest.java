package io.earlybird.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCommandTest {
  @ParameterizedTest
  @ValueSource(strings = {"dl4j", "torch"})
  void theJsonHasTheNamesOfTheContract(String engine) throws IOException {
    CommandLineRun run = bench("--engine", engine, "--batch", "2", "--json");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "engine",
            "network",
            "batch",
            "precision",
            "trainImagesPerSecond",
            "inferenceImagesPerSecond");
    assertThat(json.get("engine").asText()).isEqualTo(engine);
    assertThat(json.get("network").asText()).isEqualTo("demo-resnet");
    assertThat(json.get("batch").asInt()).isEqualTo(2);
    assertThat(json.get("precision").asText()).isEqualTo("float32");
    assertThat(json.get("trainImagesPerSecond").asDouble()).isPositive();
    assertThat(json.get("inferenceImagesPerSecond").asDouble()).isPositive();
  }

  @Test
  void whatCannotBeMeasuredIsRefused() {
    assertThat(bench("--batch", "0").exitCode()).isEqualTo(2);
    assertThat(bench("--engine", "abacus").err())
        .contains("Unknown engine abacus; on the class path are [", "dl4j", "torch");
    assertThat(bench("--threads", "0").exitCode()).isEqualTo(2);
  }

  private static CommandLineRun bench(String... options) {
    String[] arguments = new String[options.length + 7];
    String[] first = {"bench", "--network", "demo-resnet", "--steps", "1", "--image-size", "16"};
    System.arraycopy(first, 0, arguments, 0, first.length);
    System.arraycopy(options, 0, arguments, first.length, options.length);
    return CommandLineRun.of(arguments);
  }
}
