package io.earlybird.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardCommandTest {
  @TempDir private Path directory;

  @Test
  void syntheticShardsAreMadeOnceAndVerify() {
    CommandLineRun first = synthetic("--train", "40");
    assertThat(first.err()).isEmpty();
    assertThat(first.exitCode()).isZero();
    assertThat(first.out()).contains("40 samples of 3 classes", "20 samples", "written");
    assertThat(synthetic("--train", "40").out()).contains("found");
    CommandLineRun verified =
        CommandLineRun.of("verify-shards", directory.resolve("out/train").toString());
    assertThat(verified.out()).contains("40 samples").contains("3 classes: sound");
    assertThat(verified.exitCode()).isZero();
  }

  @Test
  void anOutputThatHoldsOtherShardsIsRefused() {
    synthetic("--train", "40");
    CommandLineRun other = synthetic("--train", "41");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("choose another output, or delete it");
  }

  @Test
  void invalidNumbersAreRefused() {
    CommandLineRun run = synthetic("--train", "0");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("train 0 (at least 1)");
  }

  @Test
  void aFlippedByteIsFoundByVerification() throws IOException {
    synthetic("--train", "40");
    Path shard = directory.resolve("out/train/shard-000000.tar");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[700] ^= 1;
    Files.write(shard, bytes);
    CommandLineRun run =
        CommandLineRun.of("verify-shards", directory.resolve("out/train").toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("shard-000000.tar").contains("problems");
  }

  @ParameterizedTest
  @ValueSource(strings = {"imagenet", "folder", "cifar10", "cifar100"})
  void anInputThatIsNotThereIsNamed(String kind) {
    Path none = directory.resolve("none");
    CommandLineRun run =
        CommandLineRun.of(
            "shard",
            kind,
            "--input",
            none.toString(),
            "--output",
            directory.resolve("out").toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(none.toString());
  }

  @Test
  void imagesInFoldersAreShardedWithAHeldOutSplit() throws IOException {
    for (int label = 0; label < 2; label++) {
      Path folder = Files.createDirectories(directory.resolve("images/class-" + label));
      for (int i = 0; i < 10; i++) {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        image.setRGB(i % 8, label, 0xffffff);
        ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
      }
    }
    CommandLineRun run =
        CommandLineRun.of(
            "shard",
            "folder",
            "--input",
            directory.resolve("images").toString(),
            "--output",
            directory.resolve("out").toString(),
            "--held-out",
            "0.2");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("16 samples of 2 classes", "4 samples of 2 classes");
  }

  @Test
  void aDirectoryWithoutShardsIsRefused() {
    CommandLineRun run = CommandLineRun.of("verify-shards", directory.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("index.json");
  }

  private CommandLineRun synthetic(String... options) {
    String[] arguments = {
      "shard",
      "synthetic",
      "--output",
      directory.resolve("out").toString(),
      "--image-size",
      "16",
      "--classes",
      "3",
      "--validation",
      "20",
      options[0],
      options[1]
    };
    return CommandLineRun.of(arguments);
  }
}
