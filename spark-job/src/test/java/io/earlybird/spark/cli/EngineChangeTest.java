package io.earlybird.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earlybird.model.engine.Engines;
import io.earlybird.spark.TinyShards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that one engine began and another one ends. */
@Tag("own-jvm")
class EngineChangeTest {
  @TempDir private Path directory;

  @BeforeAll
  static void sparkOfTheseRuns() {
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.driver.host", "127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({"dl4j, torch", "torch, dl4j"})
  void aRunGoesOnWithAnotherEngineWhereThatIsAllowedByName(String first, String second)
      throws IOException {
    assertThat(train(first, 2).exitCode()).isZero();

    CommandLineRun refused = train(second, 3);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains("it was trained with engine " + first + " (" + build(first) + ")")
        .contains("this is " + second + " (" + build(second) + ")")
        .contains("--allow-engine-change");
    assertThat(epochs()).containsExactly(1, 2);

    CommandLineRun allowed = train(second, 3, "--allow-engine-change");
    assertThat(allowed.err()).isEmpty();
    assertThat(allowed.exitCode()).isZero();
    assertThat(epochs()).containsExactly(1, 2, 3);
    assertThat(trainedBy("checkpoints/epoch-0002/manifest.json")).isEqualTo(named(first));
    assertThat(trainedBy("checkpoints/epoch-0003/manifest.json")).isEqualTo(named(second));
    assertThat(trainedBy("config.json")).isEqualTo(named(second));

    assertThat(train(first, 3).err()).contains("--allow-engine-change");
  }

  private List<Integer> epochs() throws IOException {
    List<Integer> epochs = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("events.jsonl"))) {
      JsonNode event = new ObjectMapper().readTree(line);
      if (event.get("type").asText().equals("epoch")) {
        epochs.add(event.get("epoch").asInt());
      }
    }
    return epochs;
  }

  private String trainedBy(String file) throws IOException {
    JsonNode engine = new ObjectMapper().readTree(directory.resolve(file).toFile()).get("engine");
    return engine.get("name").asText() + " " + engine.get("build").asText();
  }

  private static String named(String engine) {
    return engine + " " + build(engine);
  }

  private static String build(String engine) {
    return Engines.named(engine).build();
  }

  private CommandLineRun train(String engine, int epochs, String... options) {
    List<String> arguments = new ArrayList<>(List.of("train", "--master", "local[2]"));
    for (String setting :
        List.of(
            "engine.name=" + engine,
            "run.epochs=" + epochs,
            "run.directory=" + directory,
            "data.train=" + TinyShards.train(),
            "data.validation=" + TinyShards.validation(),
            "data.image-size=16",
            "data.augmentation=flip",
            "data.streams=4",
            "network.name=demo-resnet",
            "network.classes=3",
            "averaging.replicas=2",
            "averaging.batch-size=8",
            "averaging.steps-per-round=4",
            "sparsity.early-bird.switch-at-epoch=1")) {
      arguments.addAll(List.of("--set", setting));
    }
    arguments.addAll(List.of(options));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }
}
