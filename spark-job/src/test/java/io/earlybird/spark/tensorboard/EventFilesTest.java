package io.earlybird.spark.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.spark.store.FileStore;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.framework.HistogramProto;
import org.tensorflow.proto.framework.Summary;
import org.tensorflow.proto.util.Event;

/** What TensorFlow's own code reads in the files. */
class EventFilesTest {
  private static final int EPOCHS = 12;

  @TempDir private Path folder;
  private FileStore directory;
  private EventFiles files;

  @BeforeEach
  void open() {
    directory = FileStore.at(folder.toString(), new Configuration());
    files = new EventFiles(directory);
  }

  @Test
  void eachEpochHasAFileWhichIsWrittenOnce() throws IOException {
    assertThat(files.writeMissing(TrainedEpochs.after(EPOCHS))).isEqualTo(EPOCHS + 1);
    List<String> names =
        IntStream.rangeClosed(0, EPOCHS)
            .mapToObj("events.out.tfevents.epoch-%06d"::formatted)
            .toList();
    assertThat(directory.list()).isEqualTo(names);
    Files.writeString(folder.resolve(names.get(4)), "as it was");
    assertThat(files.writeMissing(TrainedEpochs.after(EPOCHS))).isZero();
    assertThat(folder.resolve(names.get(4))).hasContent("as it was");
  }

  @Test
  void recordsHaveVersionTimeAndStep() throws IOException {
    files.writeMissing(TrainedEpochs.after(EPOCHS));
    for (int epoch = 0; epoch <= EPOCHS; epoch++) {
      List<Event> events = EventReader.read(directory, directory.list().get(epoch));
      assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
      assertThat(events).hasSizeGreaterThan(1);
      double seconds = TrainedEpochs.time(epoch).toEpochMilli() / 1000.0;
      assertThat(events).extracting(Event::getWallTime).containsOnly(seconds);
      assertThat(events.subList(1, events.size()))
          .extracting(Event::getStep)
          .containsOnly((long) epoch);
    }
  }

  @Test
  void curvesAreThoseOfTheEvents() throws IOException {
    files.writeMissing(TrainedEpochs.after(4));
    List<Event> events = EventReader.read(directory);
    assertThat(EventReader.curve(events, "loss/train"))
        .isEqualTo(Map.of(1L, 4f, 2L, 2f, 3L, 4f / 3, 4L, 1f));
    assertThat(EventReader.curve(events, "loss/validation")).containsEntry(4L, 1.25f);
    assertThat(EventReader.curve(events, "accuracy/train_top1")).containsEntry(1L, 0.5f);
    assertThat(EventReader.curve(events, "accuracy/validation_top1")).containsEntry(1L, 0.25f);
    assertThat(EventReader.curve(events, "accuracy/validation_top5"))
        .isEqualTo(Map.of(1L, 0.5f, 2L, 0.5f, 3L, 0.5f));
    assertThat(EventReader.curve(events, "training/learning_rate")).containsEntry(2L, 0.0625f);
    assertThat(EventReader.curve(events, "training/images_per_second")).containsEntry(3L, 1003f);
    assertThat(EventReader.curve(events, "mask_distance/0.5"))
        .isEqualTo(Map.of(2L, 0.5f, 3L, 0.5f));
    assertThat(EventReader.curve(events, "cost/parameters")).containsEntry(4L, 400f);
    assertThat(EventReader.curve(events, "cost/paper_flops_per_image")).containsEntry(3L, 800f);
    assertThat(EventReader.curve(events, "cost/training_paper_flops")).containsEntry(4L, 2100f);
    assertThat(EventReader.curve(events, "cost/saved_flops"))
        .isEqualTo(Map.of(1L, 0f, 2L, 0f, 3L, 0f, 4L, 0.125f));
    List<String> stages =
        List.of("compute", "data", "broadcast", "average", "evaluate", "mask", "checkpoint");
    for (int i = 0; i < stages.size(); i++) {
      assertThat(EventReader.curve(events, "seconds/" + stages.get(i))).containsEntry(2L, i + 1f);
    }
    assertThat(EventReader.curve(events, "seconds/total")).containsEntry(2L, 36f);
  }

  @Test
  void whatPoliciesDoStandsAtTheEpochAfterWhichItHappened() throws IOException {
    files.writeMissing(TrainedEpochs.after(5));
    List<Event> events = EventReader.read(directory);
    assertThat(EventReader.curve(events, "prune/ratio")).isEqualTo(Map.of(0L, 0.9f));
    assertThat(EventReader.curve(events, "prune/active_weights")).isEqualTo(Map.of(0L, 10f));
    assertThat(EventReader.curve(events, "prune/top1_after")).isEmpty();
    assertThat(EventReader.curve(events, "ticket/0.5")).isEqualTo(Map.of(3L, 0.25f));
    assertThat(EventReader.curve(events, "switch/ratio")).isEqualTo(Map.of(3L, 0.5f));
    assertThat(EventReader.curve(events, "switch/parameters")).isEqualTo(Map.of(3L, 400f));
    assertThat(EventReader.curve(events, "switch/top1_before")).isEqualTo(Map.of(3L, 0.75f));
    assertThat(EventReader.curve(events, "switch/top1_after")).isEqualTo(Map.of(3L, 0.625f));
    assertThat(EventReader.curve(events, "swa/validation_top1"))
        .isEqualTo(Map.of(4L, 0.875f, 5L, 0.875f));
  }

  /** Expectations by hand: 10 channels around 0.075, 30 around 0.175. */
  @Test
  void theHistogramHasTheBinsOfTheEvents() throws IOException {
    files.writeMissing(TrainedEpochs.after(2));
    HistogramProto histogram =
        EventReader.value(EventReader.read(directory), 2, "batch_norm/absolute_gamma").getHisto();
    assertThat(histogram.getBucketList().stream().map(Double::intValue))
        .isEqualTo(TrainedEpochs.gammas());
    assertThat(histogram.getBucketLimitList()).hasSameSizeAs(TrainedEpochs.gammas()).isSorted();
    assertThat(histogram.getBucketLimit(0)).isEqualTo(0.05);
    assertThat(histogram.getNum()).isEqualTo(40);
    assertThat(histogram.getMin()).isEqualTo(0.05);
    assertThat(histogram.getMax()).isEqualTo(0.2);
    assertThat(histogram.getSum()).isCloseTo(6.0, within(1e-12));
    assertThat(histogram.getSumSquares()).isCloseTo(0.975, within(1e-12));
  }

  @Test
  void theImageShowsTheDistanceOfEachPairOfMasksSoFar() throws IOException {
    files.writeMissing(TrainedEpochs.after(4));
    List<Event> events = EventReader.read(directory);
    int dark = 0xff7f0000;
    int bright = 0xfffff7ec;
    for (int epoch = 1; epoch <= TrainedEpochs.SWITCH; epoch++) {
      Summary.Image image = EventReader.value(events, epoch, "mask_distances/0.5").getImage();
      BufferedImage pixels = ImageIO.read(image.getEncodedImageString().newInput());
      assertThat(pixels.getWidth()).isEqualTo(image.getWidth()).isBetween(256, 300);
      assertThat(pixels.getHeight()).isEqualTo(image.getHeight()).isEqualTo(image.getWidth());
      assertThat(image.getColorspace()).isEqualTo(3);
      int cell = pixels.getWidth() / epoch;
      for (int x = 0; x < pixels.getWidth(); x++) {
        for (int y = 0; y < pixels.getHeight(); y++) {
          boolean equal = (x / cell - y / cell) % 2 == 0;
          assertThat(pixels.getRGB(x, y)).isEqualTo(equal ? dark : bright);
        }
      }
    }
    assertThatThrownBy(() -> EventReader.value(events, 4, "mask_distances/0.5"))
        .hasMessageContaining("No mask_distances/0.5 at step 4");
  }

  @Test
  void aByteThatIsChangedIsFound() throws IOException {
    files.writeMissing(TrainedEpochs.after(1));
    String name = directory.list().get(1);
    byte[] bytes = Files.readAllBytes(folder.resolve(name));
    for (int place : new int[] {3, 9, 20, bytes.length - 1}) {
      byte[] changed = bytes.clone();
      changed[place] ^= 1;
      Files.write(folder.resolve(name), changed);
      assertThatThrownBy(() -> EventReader.read(directory, name))
          .as("byte " + place)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aRunThatGoesOnFromAnEarlierEpochLeavesTheFilesOfOneThatDidNotStop() throws IOException {
    files.writeMissing(TrainedEpochs.after(EPOCHS));
    List<byte[]> whole = contents();
    files.deleteAfter(5);
    assertThat(directory.list()).hasSize(6);
    for (int epoch = 5; epoch <= EPOCHS; epoch++) {
      files.writeMissing(TrainedEpochs.after(epoch));
    }
    assertThat(contents()).usingRecursiveComparison().isEqualTo(whole);
  }

  private List<byte[]> contents() {
    List<byte[]> contents = new ArrayList<>();
    directory.list().forEach(name -> contents.add(directory.read(name)));
    return contents;
  }
}
