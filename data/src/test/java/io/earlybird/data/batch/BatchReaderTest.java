package io.earlybird.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.data.TestShards;
import io.earlybird.data.image.Augmentation;
import io.earlybird.data.image.ImageSettings;
import io.earlybird.data.image.Normalization;
import io.earlybird.data.order.EpochSteps;
import io.earlybird.data.order.OrderSettings;
import io.earlybird.data.shard.ShardException;
import io.earlybird.data.shard.ShardSet;
import io.earlybird.model.engine.Batch;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchReaderTest {
  private static final int SIZE = 8;
  private static final Normalization LEVELS =
      new Normalization(List.of(0.0, 0.0, 0.0), List.of(1 / 255.0, 1 / 255.0, 1 / 255.0));
  private static final OrderSettings ORDER = new OrderSettings(5, 4, 2);

  @TempDir Path directory;

  private static BatchSettings settings(Augmentation augmentation, int threads) {
    return new BatchSettings(new ImageSettings(SIZE, augmentation, LEVELS), 5, threads, 2);
  }

  private BatchSource source(ShardSet set, int threads) {
    return BatchSource.direct(set, TestShards.HADOOP, settings(Augmentation.NONE, threads));
  }

  /** Index of each image of a batch, which is its red level, after checking its label. */
  private static List<Integer> images(Batch batch) {
    List<Integer> images = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      int image = Math.round(batch.pixels().get(i * SIZE * SIZE * 3));
      assertThat(batch.label(i)).isEqualTo(image % 3);
      images.add(image);
    }
    return images;
  }

  private static List<Integer> readAll(BatchReader reader) throws IOException {
    List<Integer> images = new ArrayList<>();
    while (reader.next()) {
      images.addAll(images(reader.batch()));
    }
    return images;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8})
  void replicasTogetherSeeEverySampleOnce(int replicas) throws Exception {
    ShardSet set = TestShards.write(directory, 101, 7, Set.of());
    EpochSteps steps = new EpochSteps(101, replicas, 6);
    List<Integer> seen = new ArrayList<>();
    try (BatchSource source = source(set, 2)) {
      for (int replica = 0; replica < replicas; replica++) {
        TrainSlice slice = new TrainSlice(ORDER, steps, 0, replica, 0, steps.count());
        try (BatchReader reader = source.train(slice)) {
          List<Integer> images = readAll(reader);
          assertThat(images).hasSize((int) steps.samples(0, steps.count(), replica));
          assertThat(reader.report().samples()).isEqualTo(images.size());
          seen.addAll(images);
        }
      }
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 101).boxed().toList());
  }

  @Test
  void aRoundMayStartAtAnyStep() throws Exception {
    ShardSet set = TestShards.write(directory, 100, 5, Set.of());
    EpochSteps steps = new EpochSteps(100, 2, 8);
    try (BatchSource source = source(set, 1)) {
      List<Integer> whole;
      try (BatchReader reader = source.train(new TrainSlice(ORDER, steps, 3, 1, 0, 7))) {
        whole = readAll(reader);
      }
      List<Integer> parts = new ArrayList<>();
      for (int[] round : new int[][] {{0, 2}, {2, 3}, {3, 3}, {3, 7}}) {
        TrainSlice slice = new TrainSlice(ORDER, steps, 3, 1, round[0], round[1]);
        try (BatchReader reader = source.train(slice)) {
          int step = round[0];
          while (reader.next()) {
            assertThat(reader.step()).isEqualTo(step++);
            parts.addAll(images(reader.batch()));
          }
        }
      }
      assertThat(parts).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void theNumberOfDecodeThreadsChangesNoBit(int threads) throws Exception {
    ShardSet set = TestShards.write(directory, 60, 4, Set.of(7, 23));
    assertThat(pixels(set, threads)).containsExactly(pixels(set, 1));
  }

  /** All pixels of an epoch with random augmentation. */
  private static float[] pixels(ShardSet set, int threads) throws IOException {
    EpochSteps steps = new EpochSteps(60, 1, 16);
    float[] all = new float[60 * SIZE * SIZE * 3];
    int at = 0;
    try (BatchSource source =
            BatchSource.direct(
                set, TestShards.HADOOP, settings(Augmentation.RANDOM_RESIZED_CROP, threads));
        BatchReader reader = source.train(new TrainSlice(ORDER, steps, 1, 0, 0, steps.count()))) {
      while (reader.next()) {
        int length = reader.batch().size() * SIZE * SIZE * 3;
        reader.batch().pixels().get(0, all, at, length);
        at += length;
      }
    }
    return Arrays.copyOf(all, at);
  }

  @Test
  void augmentationDependsOnEpochAndSeed() throws Exception {
    ShardSet set = TestShards.write(directory, 30, 2, Set.of());
    EpochSteps steps = new EpochSteps(30, 1, 30);
    List<Float> corners = new ArrayList<>();
    try (BatchSource source =
        BatchSource.direct(set, TestShards.HADOOP, settings(Augmentation.PAD_CROP, 1))) {
      for (int epoch = 0; epoch < 2; epoch++) {
        try (BatchReader reader = source.train(new TrainSlice(ORDER, steps, epoch, 0, 0, 1))) {
          assertThat(reader.next()).isTrue();
          int black = 0;
          for (int i = 0; i < 30 * SIZE * SIZE; i++) {
            black += reader.batch().pixels().get(3 * i) == 0 ? 1 : 0;
          }
          corners.add((float) black);
        }
      }
    }
    assertThat(corners.get(0)).isNotEqualTo(corners.get(1));
  }

  @Test
  void undecodableSamplesAreLeftOutCountedAndNamed() throws Exception {
    ShardSet set = TestShards.write(directory, 40, 3, Set.of(4, 11, 30));
    EpochSteps steps = new EpochSteps(40, 1, 8);
    try (BatchSource source = source(set, 2);
        BatchReader reader = source.train(new TrainSlice(ORDER, steps, 0, 0, 0, 5))) {
      List<Integer> images = readAll(reader);

      assertThat(images).hasSize(37).doesNotContain(4, 11, 30);
      ReadReport report = reader.report();
      assertThat(report.samples()).isEqualTo(37);
      assertThat(report.badSamples()).isEqualTo(3);
      assertThat(report.badFraction()).isEqualTo(3.0 / 40);
      assertThat(report.badExamples())
          .hasSize(3)
          .allMatch(text -> text.matches("shard-00000\\d.tar at offset \\d+: neither a JPEG .*"));
    }
  }

  @Test
  void aStepOfBadSamplesOnlyIsPassedOver() throws Exception {
    Set<Integer> broken = Set.copyOf(IntStream.range(0, 10).boxed().toList());
    ShardSet set = TestShards.write(directory, 10, 1, broken);
    EpochSteps steps = new EpochSteps(10, 1, 4);
    try (BatchSource source = source(set, 1);
        BatchReader reader = source.train(new TrainSlice(ORDER, steps, 0, 0, 0, 3))) {
      assertThat(reader.next()).isFalse();
      assertThat(reader.report().badSamples()).isEqualTo(10);
      assertThatThrownBy(reader::batch).isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 60})
  void evaluationPartsHoldEverySampleOnceInTheOrderAtRest(int parts) throws Exception {
    ShardSet set = TestShards.write(directory, 50, 6, Set.of());
    List<Integer> seen = new ArrayList<>();
    List<Integer> whole;
    try (BatchSource source = source(set, 1)) {
      for (int part = 0; part < parts; part++) {
        try (BatchReader reader = source.evaluate(new EvaluationSlice(part, parts, 7))) {
          seen.addAll(readAll(reader));
        }
      }
      try (BatchReader reader = source.evaluate(new EvaluationSlice(0, 1, 50))) {
        whole = readAll(reader);
      }
    }
    assertThat(seen).isEqualTo(whole).doesNotHaveDuplicates().hasSize(50);
  }

  @Test
  void pixelsAreInADirectBufferInNativeOrderThatIsUsedAgain() throws Exception {
    ShardSet set = TestShards.write(directory, 64, 2, Set.of());
    EpochSteps steps = new EpochSteps(64, 1, 4);
    Set<Object> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
    try (BatchSource source = source(set, 1)) {
      for (int round = 0; round < 4; round++) {
        TrainSlice slice = new TrainSlice(ORDER, steps, 0, 0, 4 * round, 4 * round + 4);
        try (BatchReader reader = source.train(slice)) {
          while (reader.next()) {
            buffers.add(reader.batch().pixels());
            assertThat(reader.batch().pixels().isDirect()).isTrue();
            assertThat(reader.batch().pixels().order()).isEqualTo(ByteOrder.nativeOrder());
          }
        }
      }
    }
    assertThat(buffers).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void aReaderMayBeClosedInTheMiddleAndLeavesNoThread() throws Exception {
    ShardSet set = TestShards.write(directory, 80, 3, Set.of());
    EpochSteps steps = new EpochSteps(80, 1, 2);
    try (BatchSource source = source(set, 3)) {
      for (int i = 0; i < 20; i++) {
        try (BatchReader reader = source.train(new TrainSlice(ORDER, steps, 0, 0, 0, 40))) {
          if (i % 2 == 0) {
            assertThat(reader.next()).isTrue();
          }
        }
      }
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("earlybird-") && thread.isAlive());
  }

  @Test
  void aChangedByteIsADamagedShard() throws Exception {
    ShardSet set = TestShards.write(directory, 10, 1, Set.of());
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("shard-000000.tar").toFile(), "rw")) {
      file.seek(600);
      file.write(77);
    }
    try (BatchSource source = source(set, 1);
        BatchReader reader = source.evaluate(new EvaluationSlice(0, 1, 10))) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(ShardException.class)
          .hasMessageContaining("Damaged shard shard-000000.tar")
          .hasMessageContaining("offset 512")
          .hasMessageContaining("make the shards again");
      assertThat(reader.next()).isFalse();
    }
  }

  @Test
  void aShardThatIsCutOffOrMissingIsNamed() throws Exception {
    ShardSet set = TestShards.write(directory, 10, 1, Set.of());
    Path shard = directory.resolve("shard-000000.tar");
    try (RandomAccessFile file = new RandomAccessFile(shard.toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    try (BatchSource source = source(set, 1);
        BatchReader reader = source.evaluate(new EvaluationSlice(0, 1, 10))) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(ShardException.class)
          .hasMessageContaining("Truncated shard")
          .hasMessageContaining("shard-000000.tar");
    }
    Files.delete(shard);
    try (BatchSource source = source(set, 1);
        BatchReader reader = source.evaluate(new EvaluationSlice(0, 1, 10))) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(ShardException.class)
          .hasMessageContaining("Missing shard");
    }
  }

  @Test
  void aSliceOfAnotherDataSetIsRefused() throws Exception {
    ShardSet set = TestShards.write(directory, 10, 1, Set.of());
    try (BatchSource source = source(set, 1)) {
      TrainSlice slice = new TrainSlice(ORDER, new EpochSteps(11, 1, 2), 0, 0, 0, 1);
      assertThatThrownBy(() -> source.train(slice))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("11 samples")
          .hasMessageContaining("have 10");
    }
  }

  @Test
  void waitingIsMeasured() throws Exception {
    ShardSet set = TestShards.write(directory, 10, 1, Set.of());
    try (BatchSource source = source(set, 1);
        BatchReader reader = source.evaluate(new EvaluationSlice(0, 1, 10))) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.report().waitNanos()).isPositive();
      assertThat(reader.report().bytesRead()).isPositive();
    }
  }
}
