package io.earlybird.data.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.data.TestShards;
import io.earlybird.data.image.Augmentation;
import io.earlybird.data.image.ImageFormat;
import io.earlybird.data.image.ImageHeader;
import io.earlybird.data.image.ImagePipeline;
import io.earlybird.data.image.ImageSettings;
import io.earlybird.data.ingest.IngestResult.Outcome;
import io.earlybird.data.shard.Sample;
import io.earlybird.data.shard.Samples;
import io.earlybird.data.shard.ShardException;
import io.earlybird.data.shard.ShardSet;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticSourceTest {
  private static final int SIDE = 32;
  private static final int INPUTS = 3 * SIDE * SIDE;
  private static final int CLASSES = 10;

  @TempDir Path directory;

  private IngestSettings settings() {
    return IngestSettings.of(directory.resolve("shards").toString(), 2);
  }

  @Test
  void makesBothSplitsOnceAndFindsThemTheSecondTime() throws Exception {
    SyntheticSource source = new SyntheticSource(32, 200, 50, CLASSES, 1);

    IngestResult made = Ingest.run(source, settings(), TestShards.HADOOP);
    IngestResult found = Ingest.run(source, settings(), TestShards.HADOOP);

    assertThat(made.outcome()).isEqualTo(Outcome.WRITTEN);
    assertThat(made.splits()).extracting(ShardSet::samples).containsExactly(200L, 50L);
    assertThat(found.outcome()).isEqualTo(Outcome.FOUND);
    assertThat(found.splits()).isEqualTo(made.splits());
  }

  @Test
  void aSourceWithoutValidationIsFoundTheSecondTimeToo() throws Exception {
    SyntheticSource source = new SyntheticSource(32, 20, 0, CLASSES, 1);

    assertThat(Ingest.run(source, settings(), TestShards.HADOOP).splits()).hasSize(1);
    assertThat(Ingest.run(source, settings(), TestShards.HADOOP).outcome())
        .isEqualTo(Outcome.FOUND);
  }

  @Test
  void completesWhatAnInterruptedRunLeft() throws Exception {
    SyntheticSource source = new SyntheticSource(32, 40, 20, CLASSES, 1);
    IngestResult made = Ingest.run(source, settings(), TestShards.HADOOP);
    Files.delete(directory.resolve("shards/train/index.json"));

    IngestResult again = Ingest.run(source, settings(), TestShards.HADOOP);

    assertThat(again.outcome()).isEqualTo(Outcome.WRITTEN);
    assertThat(again.splits()).isEqualTo(made.splits());
  }

  @Test
  void refusesAnOutputWithOtherShards() throws Exception {
    Ingest.run(new SyntheticSource(32, 20, 10, CLASSES, 1), settings(), TestShards.HADOOP);
    assertThatThrownBy(
            () ->
                Ingest.run(
                    new SyntheticSource(32, 30, 10, CLASSES, 1), settings(), TestShards.HADOOP))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("train=30")
        .hasMessageContaining("train=20")
        .hasMessageContaining("choose another output, or delete it");
  }

  @Test
  void imagesDependOnSeedSplitAndIndexAlone() throws Exception {
    IngestData data = new SyntheticSource(32, 20, 20, CLASSES, 1).open(TestShards.HADOOP);
    IngestData same = new SyntheticSource(32, 50, 20, CLASSES, 1).open(TestShards.HADOOP);
    IngestData other = new SyntheticSource(32, 20, 20, CLASSES, 2).open(TestShards.HADOOP);
    byte[] image = data.train().sample(7).bytes();

    assertThat(same.train().sample(7).bytes()).isEqualTo(image);
    assertThat(data.validation().sample(7).bytes()).isNotEqualTo(image);
    assertThat(other.train().sample(7).bytes()).isNotEqualTo(image);
    assertThat(data.train().sample(17).bytes()).isNotEqualTo(image);
  }

  @Test
  void largeImagesOfManyClassesAreJpegs() throws Exception {
    IngestData data = new SyntheticSource(224, 1000, 10, 1000, 1).open(TestShards.HADOOP);
    Sample sample = data.train().sample(999);

    assertThat(data.classes()).hasSize(1000).doesNotHaveDuplicates();
    assertThat(sample.label()).isEqualTo(999);
    assertThat(ImageHeader.read(sample.bytes(), 0, sample.bytes().length))
        .isEqualTo(new ImageHeader(ImageFormat.JPEG, 224, 224));
  }

  @Test
  void refusesSizesThatMakeNoSense() {
    assertThatThrownBy(() -> new SyntheticSource(8, 0, -1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("image-size 8 (at least 16)")
        .hasMessageContaining("classes 1 (2 to 1000)");
  }

  /** Design 5: a linear classifier on pixels stays under 60 %; chance is 10 %. */
  @Test
  void aLinearClassifierOnPixelsStaysUnderSixtyPercent() throws Exception {
    IngestData data = new SyntheticSource(SIDE, 2000, 500, CLASSES, 1).open(TestShards.HADOOP);
    float[][] weights = new float[CLASSES][INPUTS + 1];
    float[][] images = pixels(data.train());
    for (int epoch = 0; epoch < 5; epoch++) {
      for (int i = 0; i < images.length; i++) {
        learn(weights, images[i], i % CLASSES);
      }
    }
    float[][] validation = pixels(data.validation());
    int correct = 0;
    for (int i = 0; i < validation.length; i++) {
      double[] scores = scores(weights, validation[i]);
      boolean best = true;
      for (double score : scores) {
        best &= score <= scores[i % CLASSES];
      }
      correct += best ? 1 : 0;
    }
    assertThat((double) correct / validation.length).isBetween(0.05, 0.6);
  }

  private static float[][] pixels(Samples samples) throws Exception {
    float[][] pixels = new float[samples.size()][INPUTS];
    FloatBuffer buffer = FloatBuffer.allocate(INPUTS);
    try (ImagePipeline pipeline = new ImagePipeline(ImageSettings.of(SIDE, Augmentation.NONE))) {
      for (int i = 0; i < pixels.length; i++) {
        Sample sample = samples.sample(i);
        assertThat(sample.label()).isEqualTo(i % CLASSES);
        pipeline.evaluate(sample.bytes(), 0, sample.bytes().length, buffer, 0);
        buffer.get(0, pixels[i]);
      }
    }
    return pixels;
  }

  private static double[] scores(float[][] weights, float[] image) {
    double[] scores = new double[CLASSES];
    for (int k = 0; k < CLASSES; k++) {
      double sum = weights[k][INPUTS];
      for (int i = 0; i < INPUTS; i++) {
        sum += weights[k][i] * image[i];
      }
      scores[k] = sum;
    }
    return scores;
  }

  /** One step of softmax regression. */
  private static void learn(float[][] weights, float[] image, int label) {
    double[] scores = scores(weights, image);
    double total = 0;
    for (int k = 0; k < CLASSES; k++) {
      scores[k] = Math.exp(Math.min(50, scores[k]));
      total += scores[k];
    }
    for (int k = 0; k < CLASSES; k++) {
      float step = (float) (2e-4 * ((k == label ? 1 : 0) - scores[k] / total));
      for (int i = 0; i < INPUTS; i++) {
        weights[k][i] += step * image[i];
      }
      weights[k][INPUTS] += step;
    }
  }
}
