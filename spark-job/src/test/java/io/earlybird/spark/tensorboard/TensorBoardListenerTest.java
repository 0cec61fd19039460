package io.earlybird.spark.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.EventJson;
import io.earlybird.spark.events.RunListener.Start;
import io.earlybird.spark.run.RunDirectory;
import io.earlybird.spark.store.FileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardListenerTest {
  @TempDir private Path run;
  private final List<String> notes = new ArrayList<>();
  private RunDirectory directory;
  private TensorBoardListener listener;

  @BeforeEach
  void begin() throws IOException {
    directory = new RunDirectory(FileStore.at(run.toString(), new Configuration()));
    listener = new TensorBoardListener(directory, notes::add);
    Files.writeString(run.resolve("config.json"), "{}");
  }

  @Test
  void anEpochIsWrittenAsItEndsAndAnEarlierRunIsCaughtUpWith() throws IOException {
    train(2);
    started(2);
    assertThat(epochs()).isEqualTo(3);
    train(3);
    ended(3);
    assertThat(epochs()).isEqualTo(4);
    assertThat(notes).isEmpty();
  }

  @Test
  void epochsThatAreTrainedAgainReplaceTheOnesBefore() throws IOException {
    train(4);
    started(4);
    byte[] before = Files.readAllBytes(file(3));
    Files.writeString(file(3), "of an attempt that was killed");
    train(2);
    started(2);
    assertThat(epochs()).isEqualTo(3);
    train(3);
    ended(3);
    assertThat(Files.readAllBytes(file(3))).isEqualTo(before);
    assertThat(file(4)).doesNotExist();
  }

  @Test
  void filesThatCannotBeWrittenAreToldOfOnceAndWrittenLater() throws IOException {
    Files.writeString(run.resolve("tensorboard"), "in the way");
    train(0);
    started(0);
    for (int epoch = 1; epoch <= 2; epoch++) {
      train(epoch);
      ended(epoch);
    }
    assertThat(notes).hasSize(1);
    assertThat(notes.get(0))
        .startsWith("Cannot write the event files for TensorBoard in file://" + run)
        .contains("training goes on")
        .contains("run.tensorboard = off");
    Files.delete(run.resolve("tensorboard"));
    train(3);
    ended(3);
    assertThat(epochs()).isEqualTo(4);
    assertThat(EventReader.curve(EventReader.read(directory.tensorBoard()), "loss/train"))
        .containsOnlyKeys(1L, 2L, 3L);
    assertThat(notes).hasSize(1);
  }

  private void started(int completed) {
    listener.started(new Start("run", 10, completed, 100, 10, List.of()));
  }

  private void ended(int epoch) {
    listener.happened(TrainedEpochs.epoch(epoch));
  }

  /** What the directory tells after so many epochs. */
  private void train(int epochs) throws IOException {
    List<Event> events = TrainedEpochs.events(epochs);
    Files.writeString(run.resolve("events.jsonl"), EventJson.lines(events));
  }

  private int epochs() {
    return directory.tensorBoard().list().size();
  }

  private Path file(int epoch) {
    return run.resolve("tensorboard/events.out.tfevents.epoch-%06d".formatted(epoch));
  }
}
