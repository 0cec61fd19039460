package io.earlybird.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earlybird.spark.TinyShards;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of seconds from the command line to their end, each with a Spark of its own. */
@Tag("own-jvm")
class WholeRunTest {
  private static final int NIGHTLY_EPOCHS = 5;

  @TempDir private Path directory;

  @BeforeAll
  static void sparkOfTheseRuns() {
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.driver.host", "127.0.0.1");
  }

  @Test
  void aRunTrainsEvaluatesPredictsAndHasNothingLeftToDoAfterwards() throws IOException {
    CommandLineRun trained = train();
    assertThat(trained.err()).isEmpty();
    assertThat(trained.exitCode()).isZero();
    assertThat(trained.out())
        .contains("SWITCH after epoch 1 to the ticket of ratio 0.5 (union)")
        .contains("DONE: 2 epochs")
        .contains("result: file://" + run().resolve("checkpoints/epoch-0002"))
        .contains("next: submit/earlybird evaluate --checkpoint");
    List<String> events = Files.readAllLines(run().resolve("events.jsonl"));
    assertThat(events).filteredOn(line -> line.startsWith("{\"type\":\"epoch\"")).hasSize(2);
    assertThat(events).filteredOn(line -> line.startsWith("{\"type\":\"switch\"")).hasSize(1);
    JsonNode summary = new ObjectMapper().readTree(events.get(events.size() - 1));
    assertThat(summary.get("type").asText()).isEqualTo("summary");

    CommandLineRun evaluated =
        CommandLineRun.of(
            "evaluate",
            "--checkpoint",
            run().toString(),
            "--data",
            TinyShards.validation().toString(),
            "--master",
            "local[2]",
            "--json");
    assertThat(evaluated.err()).isEmpty();
    JsonNode score = new ObjectMapper().readTree(evaluated.out());
    assertThat(score.get("samples").asInt()).isEqualTo(20);
    assertThat(score.get("top1").asDouble()).isEqualTo(summary.get("finalTop1").asDouble());
    assertThat(score.has("top5")).isFalse();

    CommandLineRun again = train();
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("Nothing is left to do: all epochs are done.");
    assertThat(Files.readAllLines(run().resolve("events.jsonl"))).isEqualTo(events);
    reportsTheSameEventFilesAsTheTraining();
    predictsEachImage();
    exportsWhatOnnxRuntimeScoresAlike(score);
  }

  private void exportsWhatOnnxRuntimeScoresAlike(JsonNode score) throws IOException {
    String file = directory.resolve("ticket.onnx").toString();
    String[] export = {
      "export", "--checkpoint", run().toString(), "--format", "onnx", "--output", file
    };
    assertThat(CommandLineRun.of(export).exitCode()).isZero();
    CommandLineRun again = CommandLineRun.of(export);
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("Cannot export to " + file + ": it exists");

    CommandLineRun evaluated =
        CommandLineRun.of(
            "evaluate", "--onnx", file, "--data", TinyShards.validation().toString(), "--json");
    assertThat(evaluated.err()).isEmpty();
    JsonNode found = new ObjectMapper().readTree(evaluated.out());
    assertThat(found.get("samples")).isEqualTo(score.get("samples"));
    assertThat(found.get("top1")).isEqualTo(score.get("top1"));
    assertThat(found.get("loss").asDouble()).isCloseTo(score.get("loss").asDouble(), within(1e-5));
  }

  private void reportsTheSameEventFilesAsTheTraining() throws IOException {
    CommandLineRun reported =
        CommandLineRun.of(
            "report", "--run", run().toString(), "--output", directory + "/out", "--tensorboard");
    assertThat(reported.err()).isEmpty();
    assertThat(reported.out())
        .contains("tensorboard: 2 files written to file://" + directory + "/out/tensorboard");
    for (int epoch = 1; epoch <= 2; epoch++) {
      String name = "tensorboard/events.out.tfevents.epoch-%06d".formatted(epoch);
      assertThat(directory.resolve("out").resolve(name))
          .hasSameBinaryContentAs(run().resolve(name));
    }
  }

  private void predictsEachImage() throws IOException {
    Path images = Files.createDirectories(directory.resolve("images/deeper"));
    BufferedImage image = new BufferedImage(20, 16, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(image, "png", images.resolve("black.png").toFile());
    Files.writeString(images.resolve("text.jpg"), "no image", StandardCharsets.UTF_8);
    CommandLineRun predicted =
        CommandLineRun.of(
            "predict",
            "--checkpoint",
            run().resolve("checkpoints/epoch-0002").toString(),
            "--input",
            directory.resolve("images").toString());
    assertThat(predicted.exitCode()).isEqualTo(1);
    List<String> lines = predicted.out().lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode black = new ObjectMapper().readTree(lines.get(0));
    assertThat(black.get("input").asText()).endsWith("deeper/black.png");
    assertThat(black.get("class").asText()).isNotEmpty();
    assertThat(black.get("label").asInt()).isBetween(0, 2);
    assertThat(black.get("probability").asDouble()).isBetween(1.0 / 3, 1.0);
    assertThat(lines.get(1)).contains("text.jpg").contains("error");
  }

  @Test
  void theSameCommandEachNightStartsGoesOnAndHasNothingLeftToDo() throws Exception {
    CommandLineRun[] nights = new CommandLineRun[3];
    Thread first = new Thread(() -> nights[0] = nightly());
    first.start();
    while (first.isAlive() && !Files.exists(run().resolve("checkpoints/LATEST"))) {
      Thread.sleep(10);
    }
    assertThat(first.isAlive()).isTrue();
    // The morning comes: a scheduler sends SIGTERM.
    assertThat(signal("TERM").waitFor()).isZero();
    first.join();
    assertThat(nights[0].exitCode()).as(nights[0].err()).isEqualTo(1);
    assertThat(nights[0].out())
        .contains("SIGTERM: stopping after this round")
        .contains("Stopped and saved at file://" + run().resolve("checkpoints"))
        .contains("the same command goes on from there");

    nights[1] = nightly();
    assertThat(nights[1].exitCode()).as(nights[1].err()).isZero();
    assertThat(nights[1].out())
        .contains("run.live-page = on shows nothing, because Spark has no UI")
        .contains("DONE: " + NIGHTLY_EPOCHS + " epochs");
    String manifest = Files.readString(manifest(NIGHTLY_EPOCHS));

    nights[2] = nightly();
    assertThat(nights[2].exitCode()).as(nights[2].err()).isZero();
    assertThat(nights[2].out()).contains("Nothing is left to do: all epochs are done.");
    assertThat(manifest(NIGHTLY_EPOCHS)).hasContent(manifest);
  }

  private CommandLineRun nightly() {
    return train(
        "run.epochs=" + NIGHTLY_EPOCHS,
        "sparsity.policy=dense",
        "averaging.steps-per-round=1",
        "run.live-page=on",
        "checkpoint.every-minutes=0.0001");
  }

  private Path manifest(int epoch) {
    return run().resolve(String.format("checkpoints/epoch-%04d/manifest.json", epoch));
  }

  private static Process signal(String name) throws IOException {
    return new ProcessBuilder("kill", "-" + name, "" + ProcessHandle.current().pid()).start();
  }

  @Test
  void aLossThatIsNotFiniteEndsTheRunWithTheLastGoodCheckpoint() {
    assertThat(train("run.epochs=1", "sparsity.policy=dense").exitCode()).isZero();
    CommandLineRun diverged =
        train(
            "run.directory=" + directory.resolve("diverged"),
            "optimizer.schedule.milestones=[1]",
            "optimizer.schedule.factor=1e30",
            "sparsity.policy=dense");
    assertThat(diverged.exitCode()).isEqualTo(1);
    assertThat(diverged.err())
        .startsWith("earlybird: Cannot go on: ")
        .contains("the loss is NaN in epoch 2, round 1")
        .contains(
            "The last good checkpoint is file://"
                + directory.resolve("diverged/checkpoints/epoch-0001"))
        .doesNotContain("\tat ");
  }

  @Test
  void aStartBesideALivingDriverIsRefusedAndAnOvertakenDriverStops() throws Exception {
    CommandLineRun[] first = new CommandLineRun[1];
    Thread driver = new Thread(() -> first[0] = train("run.epochs=500", "sparsity.policy=dense"));
    driver.start();
    Path attempts = run().resolve("attempts");
    while (!Files.exists(run().resolve("checkpoints/LATEST"))) {
      Thread.sleep(50);
    }
    CommandLineRun second = train("run.epochs=500", "sparsity.policy=dense");
    assertThat(second.exitCode()).isEqualTo(2);
    assertThat(second.err())
        .contains("attempt 1 is at work in file://" + attempts)
        .contains("process " + ProcessHandle.current().pid());
    Files.copy(attempts.resolve("attempt-1"), attempts.resolve("attempt-2"));
    driver.join();
    assertThat(first[0].exitCode()).isEqualTo(1);
    assertThat(first[0].err()).contains("attempt 2 has taken over file://" + attempts);
  }

  @Test
  void aShardThatWasDamagedAfterItWasMadeEndsTheRun() throws Exception {
    Path damaged = directory.resolve("damaged");
    Files.createDirectories(damaged);
    try (Stream<Path> files = Files.list(TinyShards.train())) {
      for (Path file : files.toList()) {
        Files.copy(file, damaged.resolve(file.getFileName()));
      }
    }
    Path shard = damaged.resolve("shard-000000.tar");
    byte[] bytes = Files.readAllBytes(shard);
    Arrays.fill(bytes, 512, 600, (byte) 0);
    Files.write(shard, bytes);
    CommandLineRun run = train("data.train=" + damaged, "sparsity.policy=dense");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("earlybird: Cannot go on: Damaged shard shard-000000.tar at file:" + damaged)
        .contains("copy the shard again, or make the shards again")
        .contains("No checkpoint had been written.")
        .doesNotContain("\tat ");
  }

  private Path run() {
    return directory.resolve("run");
  }

  private CommandLineRun train(String... overrides) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "run.directory=" + run(),
                "run.epochs=2",
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
                "sparsity.early-bird.switch-at-epoch=1"));
    settings.addAll(List.of(overrides));
    List<String> arguments = new ArrayList<>(List.of("train", "--master", "local[2]"));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }
}
