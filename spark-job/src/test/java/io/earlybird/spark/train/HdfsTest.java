package io.earlybird.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.data.ingest.FolderSource;
import io.earlybird.data.ingest.Ingest;
import io.earlybird.data.ingest.IngestSettings;
import io.earlybird.spark.LocalSpark;
import io.earlybird.spark.evaluation.Score;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole path on a file system of name node and data nodes. */
@Tag("own-jvm")
class HdfsTest {
  private static final int IMAGES_PER_CLASS = 24;

  @TempDir private Path temporary;

  @Test
  void shardsTrainsResumesAndEvaluates() throws Exception {
    Path images = makeFolder(temporary.resolve("images"));
    Configuration hadoop = new Configuration();
    try (MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(hadoop, temporary.resolve("hdfs").toFile())
            .numDataNodes(2)
            .build()) {
      cluster.waitActive();
      String root = cluster.getURI().toString();
      Ingest.run(
          new FolderSource(images.toUri().toString(), 0.25, 1),
          new IngestSettings(root + "/shards", 1, 3, 1),
          hadoop);
      TinyRun run =
          new TinyRun(
              root + "/run",
              "data.train=\"" + root + "/shards/train\"",
              "data.validation=\"" + root + "/shards/validation\"",
              "data.image-size=32",
              "data.augmentation=random-resized-crop");

      assertThat(run.train(LocalSpark.context(), new AfterRounds(4))).isEqualTo(Outcome.STOPPED);
      assertThat(run.checkpoints()).anyMatch(name -> name.startsWith("epoch-"));
      assertThat(run.train(LocalSpark.context(), () -> false)).isEqualTo(Outcome.FINISHED);

      List<String> events = run.events();
      assertThat(events.stream().filter(line -> line.startsWith("{\"type\":\"epoch\"")))
          .hasSize(TinyRun.EPOCHS);
      Score score = run.score(LocalSpark.context());
      assertThat(score.samples()).isEqualTo(3L * IMAGES_PER_CLASS / 4);
      assertThat(score.top1Fraction())
          .isCloseTo(number(events.get(events.size() - 1), "finalTop1"), within(1e-9));
    }
  }

  private static double number(String line, String field) {
    return Double.parseDouble(line.replaceFirst(".*\"" + field + "\":([-0-9.E]+).*", "$1"));
  }

  /** JPEG files of a colored disk each, in a folder for each class. */
  private static Path makeFolder(Path folder) throws IOException {
    Color[] colors = {Color.RED, Color.GREEN, Color.BLUE};
    for (int label = 0; label < colors.length; label++) {
      Path own = Files.createDirectories(folder.resolve("class" + label));
      for (int i = 0; i < IMAGES_PER_CLASS; i++) {
        Random random = new Random(100L * label + i);
        BufferedImage image = new BufferedImage(48, 40, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(colors[label]);
        pen.fillOval(random.nextInt(20), random.nextInt(15), 20, 20);
        pen.dispose();
        ImageIO.write(image, "jpg", own.resolve(i + ".jpg").toFile());
      }
    }
    return folder;
  }
}
