package io.earlybird.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.TinyShards;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparisons of seconds from the command line. */
@Tag("own-jvm")
class CompareCommandTest {
  private static final int EPOCHS = 4;

  @TempDir private Path folder;

  @BeforeAll
  static void keepSparkHere() {
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.driver.host", "127.0.0.1");
  }

  @Test
  void goesOnAfterAnInterruptionAndTrainsNothingTwice() throws Exception {
    CommandLineRun[] first = new CommandLineRun[1];
    Thread command = new Thread(() -> first[0] = compare());
    command.start();
    while (!finished("dense-seed-1") && command.isAlive()) {
      Thread.sleep(5);
    }
    raise("TERM");
    command.join();
    assertThat(first[0].exitCode()).as(first[0].out() + first[0].err()).isEqualTo(1);
    assertThat(first[0].out()).contains("Stopped and saved; the same command goes on from there.");
    assertThat(finished("early-bird-seed-2")).isFalse();
    String before = Files.readString(events("dense-seed-1"));

    CommandLineRun resumed = compare();
    assertThat(resumed.err()).isEmpty();
    assertThat(resumed.exitCode()).isZero();
    assertThat(resumed.out())
        .contains("2 entries, 4 runs of 16 epochs in all")
        .doesNotContain("] dense, seed 1:")
        .contains("] early-bird, seed 2: top-1 ")
        .containsPattern("used, about .* left\\)")
        .contains("| early-bird | early-bird | 2 |");
    assertThat(Files.readString(events("dense-seed-1"))).isEqualTo(before);
    for (String run : List.of("dense-seed-2", "early-bird-seed-1", "early-bird-seed-2")) {
      assertThat(Files.readAllLines(events(run)))
          .filteredOn(line -> line.startsWith("{\"type\":\"epoch\""))
          .hasSize(EPOCHS);
    }
    assertThat(Files.readAllLines(directory().resolve("comparison.csv"))).hasSize(3);
    assertThat(Files.readAllLines(directory().resolve("runs.csv"))).hasSize(5);
    assertThat(directory().resolve("index.html")).isNotEmptyFile();
    assertThat(directory().resolve("runs/dense-seed-1/report/index.html")).isNotEmptyFile();

    CommandLineRun again = compare();
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("4 of them complete").doesNotContain("[1/");
  }

  @Test
  void badComparisonsAreRefusedBeforeAnythingRuns() throws IOException {
    CommandLineRun settings = dryRun("compare.seeds=[]", "sparsity.policy=none");
    assertThat(settings.exitCode()).isEqualTo(2);
    assertThat(settings.err()).contains("compare.seeds: has no seed");

    CommandLineRun missing = dryRun("data.train=/no/such/place");
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err())
        .contains("dense-seed-1: data.train = /no/such/place")
        .contains("early-bird-seed-2: data.train = /no/such/place");

    Files.createDirectories(directory());
    Files.writeString(
        directory().resolve("comparison.json"),
        "{\"format\":1,\"identity\":{\"compare.name\":\"another\",\"network\":\"vgg16-cifar\"}}");
    CommandLineRun another = dryRun();
    assertThat(another.exitCode()).isEqualTo(2);
    assertThat(another.err())
        .contains("it belongs to another comparison")
        .contains("compare.name was another, is small")
        .contains("network was vgg16-cifar, is demo-resnet")
        .contains("set another compare.directory");

    Files.move(directory().resolve("comparison.json"), directory().resolve("config.json"));
    assertThat(dryRun().err()).contains("it is the directory of a run");
    try (Stream<Path> files = Files.walk(directory())) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(1);
    }
  }

  @Test
  void aDryRunPrintsThePlan() {
    CommandLineRun plan = dryRun();
    assertThat(plan.err()).isEmpty();
    assertThat(plan.exitCode()).isZero();
    assertThat(plan.out())
        .contains("small in file://" + directory())
        .contains("demo-resnet on 60 images of 3 classes")
        .contains("2 entries, 4 runs of 16 epochs in all, 0 of them complete")
        .containsPattern("early-bird +early-bird, seeds \\[1, 2]");
  }

  private Path directory() {
    return folder.resolve("comparison");
  }

  private Path events(String run) {
    return directory().resolve("runs").resolve(run).resolve("events.jsonl");
  }

  private boolean finished(String run) throws IOException {
    return Files.exists(events(run)) && Files.readString(events(run)).contains("\"summary\"");
  }

  private CommandLineRun dryRun(String... overrides) {
    List<String> arguments = new ArrayList<>(List.of("--dry-run"));
    for (String override : overrides) {
      arguments.addAll(List.of("--set", override));
    }
    return compare(arguments.toArray(String[]::new));
  }

  private CommandLineRun compare(String... more) {
    try {
      Path conf = folder.resolve("small.conf");
      Files.writeString(conf, conf(), StandardCharsets.UTF_8);
      List<String> arguments =
          new ArrayList<>(List.of("compare", "--conf", conf.toString(), "--master", "local[2]"));
      arguments.addAll(List.of(more));
      return CommandLineRun.of(arguments.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String conf() {
    return """
        earlybird {
          run.epochs = %d
          data {
            train = "%s", validation = "%s"
            image-size = 16, augmentation = flip, streams = 4
          }
          network { name = demo-resnet, classes = 3 }
          averaging { replicas = 2, batch-size = 8, steps-per-round = 1 }
        }
        compare {
          name = small
          directory = "%s"
          seeds = [1, 2]
          entries = [
            { name = dense, sparsity.policy = dense }
            { name = early-bird, sparsity { policy = early-bird, early-bird.switch-at-epoch = 2 } }
          ]
        }
        """
        .formatted(EPOCHS, TinyShards.train(), TinyShards.validation(), directory());
  }

  /** As kill does; the class is reached by reflection, because the compiler warns of it. */
  private static void raise(String signal) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    type.getMethod("raise", type)
        .invoke(null, type.getConstructor(String.class).newInstance(signal));
  }
}
