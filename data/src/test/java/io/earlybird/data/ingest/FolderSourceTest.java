package io.earlybird.data.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.data.TestShards;
import io.earlybird.data.shard.Samples;
import io.earlybird.data.shard.ShardException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTest {
  @TempDir Path input;

  private void write(String name, int images) throws IOException {
    Files.createDirectories(input.resolve(name));
    for (int i = 0; i < images; i++) {
      Files.write(input.resolve(name).resolve(i + ".png"), TestShards.png(i, 8));
    }
  }

  private IngestData open(double heldOut) throws IOException {
    return new FolderSource(input.toString(), heldOut, 1).open(TestShards.HADOOP);
  }

  private static List<String> names(Samples samples) throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      names.add(samples.sample(i).name());
    }
    return names;
  }

  @Test
  void holdsOutAPartOfEachClass() throws Exception {
    write("dog", 20);
    write("cat", 10);
    try (IngestData data = open(0.2)) {
      assertThat(data.classes()).containsExactly("cat", "dog");
      List<String> validation = names(data.validation());
      assertThat(validation).hasSize(6);
      assertThat(validation.stream().filter(name -> name.contains("/dog/"))).hasSize(4);
      Set<String> all = new HashSet<>(validation);
      all.addAll(names(data.train()));
      assertThat(all).hasSize(30);
      try (IngestData again = open(0.2)) {
        assertThat(names(again.validation())).isEqualTo(validation);
      }
    }
  }

  @Test
  void takesASplitThatIsThere() throws Exception {
    write("train/cat", 3);
    write("train/dog", 3);
    write("validation/dog", 2);
    try (IngestData data = open(0.1)) {
      assertThat(data.train().size()).isEqualTo(6);
      assertThat(data.validation().size()).isEqualTo(2);
      assertThat(data.validation().sample(0).label()).isEqualTo(1);
    }
  }

  @Test
  void refusesAValidationClassThatIsNotTrained() throws Exception {
    write("train/cat", 3);
    write("val/cow", 2);
    assertThatThrownBy(() -> open(0.1))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("Unknown class cow");
  }

  @Test
  void namesTheFileThatIsNoImage() throws Exception {
    write("cat", 2);
    Files.writeString(input.resolve("cat/notes.txt"), "a cat");
    IngestSettings settings = IngestSettings.of(input.resolve("../out").toString(), 1);
    assertThatThrownBy(
            () -> Ingest.run(new FolderSource(input.toString(), 0, 1), settings, TestShards.HADOOP))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("Not an image")
        .hasMessageContaining("cat/notes.txt")
        .hasMessageContaining("remove the file");
  }

  @Test
  void refusesLooseFilesAndEmptyClasses() throws Exception {
    assertThatThrownBy(() -> open(0)).hasMessageContaining("No class folders");
    Files.createDirectory(input.resolve("cat"));
    assertThatThrownBy(() -> open(0)).hasMessageContaining("Empty class folder");
    Files.write(input.resolve("loose.png"), TestShards.png(1, 8));
    assertThatThrownBy(() -> open(0))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("loose.png")
        .hasMessageContaining("one folder for each class");
  }

  @Test
  void refusesAFractionThatLeavesNothingToTrainOn() {
    assertThatThrownBy(() -> new FolderSource("x", 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("held-out fraction 1.0");
  }
}
