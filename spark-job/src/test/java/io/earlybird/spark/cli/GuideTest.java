package io.earlybird.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.MarkdownFile;
import io.earlybird.spark.TinyImageNet;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of {@code docs/guide.md} one after the other on a tiny ImageNet: in this
 * process in place of a cluster, in a directory in place of HDFS, on a small network for two
 * epochs; all else is as it stands there.
 */
@Tag("own-jvm")
@Tag("slow")
class GuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "guide.md");
  private static final Set<String> TRIED =
      Set.of(
          "shard", "verify-shards", "inspect", "train", "evaluate", "predict", "report", "export");
  private static final Set<String> PLACES = Set.of("--cluster", "--master", "--deploy-mode");
  private static final List<String> SMALL =
      List.of(
          "network.name=demo",
          "network.classes=3",
          "data.image-size=32",
          "run.epochs=2",
          "averaging.replicas=2",
          "averaging.batch-size=8",
          "averaging.steps-per-round=2",
          "sparsity.early-bird.switch-at-epoch=1");

  @TempDir private Path directory;

  @BeforeAll
  static void sparkOfTheseRuns() {
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.driver.host", "127.0.0.1");
  }

  @Test
  void everyCommandOfTheGuideWorks() throws IOException {
    TinyImageNet.write(directory.resolve("data/imagenet"), 72);
    Path photos = Files.createDirectories(directory.resolve("data/photos"));
    BufferedImage photo = new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(photo, "png", photos.resolve("black.png").toFile());
    List<String> tried = new ArrayList<>();
    for (String command : MarkdownFile.read(GUIDE).commands()) {
      String[] arguments = MarkdownFile.arguments(command);
      if (TRIED.contains(arguments[0]) && !command.contains("smoke")) {
        CommandLineRun run = CommandLineRun.of(here(arguments));
        assertThat(run.exitCode()).as("%s%n%s", command, run.err()).isZero();
        tried.add(arguments[0]);
      }
    }
    assertThat(tried).containsAll(TRIED);
  }

  /** The same command for this process, this directory and this size. */
  private String[] here(String[] arguments) {
    List<String> changed = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      if (PLACES.contains(arguments[i])) {
        i++;
      } else {
        changed.add(moved(arguments[i]));
      }
    }
    if (arguments[0].equals("train")) {
      SMALL.forEach(setting -> changed.addAll(List.of("--set", setting)));
    }
    boolean evaluates = arguments[0].equals("evaluate") && changed.contains("--checkpoint");
    if (arguments[0].equals("train") || evaluates) {
      changed.addAll(List.of("--master", "local[2]"));
    }
    return changed.toArray(String[]::new);
  }

  private String moved(String argument) {
    if (argument.contains("hdfs:///")) {
      return argument.replace("hdfs:///", directory.toUri() + "hdfs/");
    }
    if (argument.startsWith("ticket.")) {
      return directory.resolve(argument).toString();
    }
    return argument
        .replace("file:///", directory.toUri().toString())
        .replaceFirst("^conf/", "../conf/");
  }
}
