package io.earlybird.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class InspectCommandTest {
  /** Numbers of specification 7.4. */
  @Test
  void theJsonOfResnet50HasTheNumbersOfTheSpecification() throws IOException {
    CommandLineRun run = CommandLineRun.of("inspect", "--network", "resnet50", "--json");
    assertThat(run.exitCode()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly("parameters", "macs", "paperFlops", "batchNormChannels", "layers");
    assertThat(json.get("parameters").asLong()).isEqualTo(25_557_032);
    assertThat(json.get("macs").asLong()).isEqualTo(4_089_184_256L);
    assertThat(json.get("paperFlops").asLong()).isEqualTo(8_212_112_872L);
    assertThat(json.get("batchNormChannels").asLong()).isEqualTo(26_560);
    JsonNode stem = json.get("layers").get(1);
    assertThat(stem.fieldNames())
        .toIterable()
        .containsExactly("name", "kind", "outputShape", "parameters", "macs", "paperFlops");
    assertThat(stem.get("name").asText()).isEqualTo("conv1");
    assertThat(stem.get("kind").asText()).isEqualTo("convolution");
    assertThat(stem.get("outputShape")).hasToString("[64,112,112]");
    assertThat(stem.get("parameters").asLong()).isEqualTo(9_408);
  }

  @Test
  void theTableHasATotal() {
    CommandLineRun run = CommandLineRun.of("inspect", "--network", "resnet18");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .last()
        .asString()
        .contains("total", "4800 BN channels", "11,689,512", "3,637,254,632");
  }

  @Test
  void anotherImageSizeMayBeAskedFor() {
    CommandLineRun run =
        CommandLineRun.of("inspect", "--network", "resnet18", "--image-size", "64");
    assertThat(run.out()).contains("[64, 32, 32]");
  }

  @Test
  void aCheckpointThatIsNotThereIsNamed() {
    CommandLineRun run = CommandLineRun.of("inspect", "--checkpoint", "/no/such/run");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Cannot find a checkpoint in file:///no/such/run");
  }
}
