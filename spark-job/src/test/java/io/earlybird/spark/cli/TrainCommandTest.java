package io.earlybird.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.file.ParametersFile;
import io.earlybird.model.file.Sha256;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.spark.TinyShards;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code train --dry-run} finds; nothing here starts Spark. */
class TrainCommandTest {
  @TempDir private Path directory;

  @Test
  void aDryRunPrintsThePlanAndTrainsNothing() throws IOException {
    CommandLineRun run = dryRun();
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("run            file://" + directory.resolve("run"))
        .contains("60 images of 3 classes in 4 shards")
        .contains("2 of 8 steps; 2 replicas of batch 4, 3 steps a round, 2 tasks")
        .contains("engine         dl4j")
        .contains("master         local[2]")
        .contains("memory         driver heap");
    assertThat(filesOf(directory.resolve("run"))).isEmpty();
  }

  @Test
  void settingsAreCheckedBeforeAnythingElse() {
    CommandLineRun run =
        CommandLineRun.of("train", "--dry-run", "--set", "run.epochs=0", "--set", "a.b=1");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("earlybird: 4 invalid settings:")
        .contains("data.train: missing")
        .contains("data.validation: missing")
        .contains("run.epochs = 0: must be a whole number in [1, 100000]")
        .contains("a.b: unknown setting");
  }

  @Test
  void missingShardsAreNamedForBothSets() {
    CommandLineRun run =
        dryRun("data.train=" + directory.resolve("none"), "data.validation=/no/such/place");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("data.train = " + directory.resolve("none") + ": ")
        .contains("data.validation = /no/such/place: ");
  }

  @Test
  void aFileWithOtherTensorsThanTheNetworkIsRefusedAndAFittingOneIsShown() throws IOException {
    Path file = directory.resolve("values.safetensors");
    Network other = Networks.named("demo-resnet", 5, 16);
    try (OutputStream out = Files.newOutputStream(file)) {
      ParametersFile.write(out, Initialization.draw(other, 1), Map.of());
    }
    CommandLineRun refused = dryRun("network.initial-parameters=" + file);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains("network.initial-parameters = " + file + ": its tensors are not those of")
        .contains("set network.initial-classifier=drawn");
    CommandLineRun run =
        dryRun("network.initial-parameters=" + file, "network.initial-classifier=drawn");
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("begins with    " + file + ", SHA-256 " + Sha256.of(Files.readAllBytes(file)));
    CommandLineRun missing = dryRun("network.initial-parameters=" + directory.resolve("none"));
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("network.initial-parameters = " + directory);
  }

  @Test
  void aMissingShardIsNamed() throws Exception {
    Path shards = directory.resolve("shards");
    TinyShards.write(shards);
    Files.delete(shards.resolve("train/shard-000001.tar"));
    CommandLineRun run = dryRun("data.train=" + shards.resolve("train"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("shard-000001.tar");
  }

  @Test
  void aTruncatedShardIsNamed() throws Exception {
    Path shards = directory.resolve("shards");
    TinyShards.write(shards);
    try (RandomAccessFile tar =
        new RandomAccessFile(shards.resolve("train/shard-000002.tar").toFile(), "rw")) {
      tar.setLength(tar.length() / 2);
    }
    CommandLineRun run = dryRun("data.train=" + shards.resolve("train"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("shard-000002.tar");
  }

  @Test
  void aClassCountThatDiffersFromTheNetworksIsNamed() {
    CommandLineRun run = dryRun("network.classes=5");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("its images are of 3 classes, but network.classes = 5")
        .contains("data.train = ")
        .contains("data.validation = ");
  }

  @Test
  void anUnknownEngineIsNamedWithThoseThatAreThere() {
    CommandLineRun run = dryRun("engine.name=abacus");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("engine.name = abacus: Unknown engine abacus; on the class path");
  }

  @Test
  void anUnreachableNameNodeIsNamed() {
    CommandLineRun run = dryRun("data.train=hdfs://127.0.0.1:1/train");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("Cannot reach hdfs://127.0.0.1:1/train")
        .contains("check host and port of the URI and that the name node or server runs");
  }

  @Test
  void aDirectoryThatMayNotBeWrittenIsNamed() {
    CommandLineRun run = dryRun("run.directory=/sys/earlybird");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("No permission to write file:///sys/earlybird");
  }

  @Test
  void moreThreadsThanCoresAreRefused() {
    CommandLineRun run = dryRun("engine.threads=3");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("engine.threads = 3 with --master local[2]: a task needs that many cores");
  }

  @Test
  void aBatchThatDoesNotFitIntoTheMachineIsRefused() {
    CommandLineRun run =
        dryRun("averaging.batch-size=1000000", "network.name=vgg16-cifar", "data.image-size=32");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("averaging.batch-size = 1000000 with --master local[2]: needs about")
        .contains("use a smaller averaging.batch-size or fewer cores");
  }

  @Test
  void aClusterWithoutAddressIsRefused() {
    CommandLineRun run =
        CommandLineRun.of(
            "train",
            "--cluster",
            "standalone",
            "--set",
            "data.train=a",
            "--set",
            "data.validation=b");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--cluster standalone needs an address");
  }

  @Test
  void theLauncherAnswersPrintSubmit() {
    CommandLineRun run = CommandLineRun.of("train", "--print-submit");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--print-submit is answered by submit/earlybird");
  }

  private CommandLineRun dryRun(String... overrides) {
    List<String> arguments = new ArrayList<>(List.of("train", "--dry-run", "--master", "local[2]"));
    List<String> settings =
        new ArrayList<>(
            List.of(
                "run.directory=" + directory.resolve("run"),
                "run.epochs=2",
                "data.train=" + TinyShards.train(),
                "data.validation=" + TinyShards.validation(),
                "data.image-size=16",
                "data.augmentation=flip",
                "network.name=demo-resnet",
                "network.classes=3",
                "averaging.replicas=2",
                "averaging.batch-size=4",
                "averaging.steps-per-round=3"));
    settings.addAll(List.of(overrides));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
