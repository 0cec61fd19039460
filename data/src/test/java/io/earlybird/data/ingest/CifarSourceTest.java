package io.earlybird.data.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.data.TestShards;
import io.earlybird.data.image.Augmentation;
import io.earlybird.data.image.ImagePipeline;
import io.earlybird.data.image.ImageSettings;
import io.earlybird.data.image.Normalization;
import io.earlybird.data.shard.Sample;
import io.earlybird.data.shard.ShardException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarSourceTest {
  private static final Normalization LEVELS =
      new Normalization(List.of(0.0, 0.0, 0.0), List.of(1 / 255.0, 1 / 255.0, 1 / 255.0));

  @TempDir Path input;

  /** Two records: red counts up, green is 7, blue is the record; labels as given. */
  private static byte[] records(byte[]... labels) {
    int record = labels[0].length + 3072;
    byte[] bytes = new byte[labels.length * record];
    for (int i = 0; i < labels.length; i++) {
      int pixels = i * record + labels[i].length;
      System.arraycopy(labels[i], 0, bytes, i * record, labels[i].length);
      for (int p = 0; p < 1024; p++) {
        bytes[pixels + p] = (byte) p;
        bytes[pixels + 1024 + p] = 7;
        bytes[pixels + 2048 + p] = (byte) i;
      }
    }
    return bytes;
  }

  private void writeCifar10() throws IOException {
    for (int i = 1; i <= 5; i++) {
      Files.write(
          input.resolve("data_batch_" + i + ".bin"),
          records(new byte[] {(byte) i}, new byte[] {9}));
    }
    Files.write(input.resolve("test_batch.bin"), records(new byte[] {0}, new byte[] {3}));
  }

  private IngestData open(CifarEdition edition) throws IOException {
    return new CifarSource(edition, input.toString()).open(TestShards.HADOOP);
  }

  @Test
  void readsLabelsAndPixelsOfCifar10() throws Exception {
    writeCifar10();
    try (IngestData data = open(CifarEdition.CIFAR10)) {
      assertThat(data.train().size()).isEqualTo(10);
      assertThat(data.validation().size()).isEqualTo(2);
      assertThat(data.classes()).hasSize(10).startsWith("airplane");
      assertThat(data.train().sample(4).label()).isEqualTo(3);
      Sample sample = data.train().sample(5);
      assertThat(sample.label()).isEqualTo(9);
      FloatBuffer pixels = FloatBuffer.allocate(3072);
      try (ImagePipeline pipeline =
          new ImagePipeline(new ImageSettings(32, Augmentation.NONE, LEVELS))) {
        pipeline.evaluate(sample.bytes(), 0, sample.bytes().length, pixels, 0);
      }
      // Pixel (row 1, column 3) is number 35 of each plane.
      assertThat(new float[] {pixels.get(105), pixels.get(106), pixels.get(107)})
          .containsExactly(35f, 7f, 1f);
    }
  }

  @Test
  void usesTheFineLabelOfCifar100() throws Exception {
    Files.write(input.resolve("train.bin"), records(new byte[] {19, 99}, new byte[] {1, 42}));
    Files.write(input.resolve("test.bin"), records(new byte[] {3, 5}, new byte[] {0, 0}));
    try (IngestData data = open(CifarEdition.CIFAR100)) {
      assertThat(data.train().sample(0).label()).isEqualTo(99);
      assertThat(data.train().sample(1).label()).isEqualTo(42);
      assertThat(data.classes()).hasSize(100);
    }
  }

  @Test
  void refusesAFileOfOddLength() throws Exception {
    writeCifar10();
    Path file = input.resolve("data_batch_3.bin");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 6145));

    assertThatThrownBy(() -> open(CifarEdition.CIFAR10))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("data_batch_3.bin: 6145 bytes")
        .hasMessageContaining("records of 3073 bytes; copy the file again");
  }

  @Test
  void namesTheFilesThatAreMissing() throws Exception {
    writeCifar10();
    Files.delete(input.resolve("data_batch_2.bin"));
    Files.delete(input.resolve("test_batch.bin"));

    assertThatThrownBy(() -> open(CifarEdition.CIFAR10))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("data_batch_2.bin, test_batch.bin");
  }

  @Test
  void refusesALabelOutsideTheClasses() throws Exception {
    writeCifar10();
    Files.write(input.resolve("data_batch_1.bin"), records(new byte[] {1}, new byte[] {10}));
    try (IngestData data = open(CifarEdition.CIFAR10)) {
      assertThatThrownBy(() -> data.train().sample(1))
          .isInstanceOf(ShardException.class)
          .hasMessageContaining("record 1 of")
          .hasMessageContaining("label 10 is outside the 10 classes");
    }
  }

  @Test
  void namesAnInputThatIsNotThere() {
    assertThatThrownBy(
            () ->
                new CifarSource(CifarEdition.CIFAR10, input.resolve("none").toString())
                    .open(TestShards.HADOOP))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("No input at")
        .hasMessageContaining("binary version of cifar10");
  }
}
