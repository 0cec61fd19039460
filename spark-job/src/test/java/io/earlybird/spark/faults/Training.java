package io.earlybird.spark.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.run.CheckpointReader;
import io.earlybird.spark.store.FileStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;

/**
 * One run from its first start to its end, by as many drivers as it takes.
 *
 * @param lab where it runs
 * @param name of its directory and log
 * @param spark settings of Spark beside those that every training has
 * @param epochs of the run, at least 3: a switch after the second one
 */
record Training(Lab lab, String name, Map<String, String> spark, int epochs) {
  static final int SAMPLES = 128;
  static final int REPLICAS = 4;
  private static final int MOST_STARTS = 60;
  private static final int MINUTES = 15;

  /** What a run has come to: the same for the same settings, whatever happened. */
  record Result(String parametersSha256, List<String> events) {}

  /** Trains while the schedule strikes, and looks at what is left. */
  Result run(Schedule schedule) throws Exception {
    lab.recover();
    lab.station().tell(schedule::arrived);
    int exit = -1;
    for (int start = 0; start < MOST_STARTS && exit != 0; start++) {
      int before = lab.output(name).length();
      Process driver = lab.startDriver(name, spark, arguments());
      if (!driver.waitFor(MINUTES, TimeUnit.MINUTES)) {
        driver.destroyForcibly();
        throw new AssertionError(name + " stands still:\n" + lab.output(name).substring(before));
      }
      exit = driver.exitValue();
      schedule.driverEnded(exit, lab.output(name).substring(before));
    }
    assertThat(exit).isZero();
    lab.awaitNoExecutors();
    requireNothingHalf();
    return new Result(parametersSha256(), events());
  }

  private String directory() {
    return "/" + name;
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("train", "--master", lab.cluster().master()));
    for (String setting :
        List.of(
            "run.name=faults",
            "run.directory=\"" + lab.hdfs().uri() + directory() + "\"",
            "run.epochs=" + epochs,
            "data.train=\"" + lab.hdfs().uri() + "/shards/train\"",
            "data.validation=\"" + lab.hdfs().uri() + "/shards/validation\"",
            "data.image-size=16",
            "data.augmentation=flip",
            "data.streams=4",
            "network.name=demo-resnet",
            "network.classes=3",
            "optimizer.schedule.milestones=[3]",
            "averaging.replicas=" + REPLICAS,
            "averaging.batch-size=4",
            "averaging.steps-per-round=2",
            "checkpoint.every-minutes=0.0001",
            "checkpoint.keep=2",
            "sparsity.early-bird.ratios=[0.3, 0.5]",
            "sparsity.early-bird.switch-ratio=0.5",
            "sparsity.early-bird.window=1",
            "sparsity.early-bird.epsilon=0.9",
            "sparsity.early-bird.switch-at-epoch=2")) {
      arguments.addAll(List.of("--set", setting));
    }
    return arguments;
  }

  /** No temporary file, no checkpoint or ticket without its manifest or with damaged files. */
  private void requireNothingHalf() throws IOException {
    assertThat(lab.hdfs().below(directory()))
        .extracting(file -> file.getPath().getName())
        .noneMatch(file -> file.startsWith(".") || file.endsWith(".tmp"));
    assertThat(store().directory("attempts").list()).noneMatch(name -> name.startsWith("writer"));
    FileStore run = store();
    for (String kind : List.of("checkpoints", "tickets")) {
      FileStore all = run.directory(kind);
      for (String each : all.list()) {
        if (!each.equals("LATEST")) {
          assertThat(all.exists(each + "/manifest.json")).as(kind + "/" + each).isTrue();
          CheckpointReader.trained(all.directory(each));
        }
      }
    }
  }

  private FileStore store() throws IOException {
    return FileStore.at(lab.hdfs().uri() + directory(), lab.hdfs().files().getConf());
  }

  private String parametersSha256() throws IOException {
    return store()
        .readText(String.format("checkpoints/epoch-%04d/manifest.json", epochs))
        .replaceFirst("(?s).*\"parametersSha256\"\\s*:\\s*\"([0-9a-f]{64})\".*", "$1");
  }

  private List<String> events() throws IOException {
    return store().readText("events.jsonl").lines().map(Training::withoutTimes).toList();
  }

  private static String withoutTimes(String event) {
    return event.replaceAll(
        "\"(time|imagesPerSecond|seconds)\":(\"[^\"]*\"|\\{[^}]*\\}|[-0-9.E]+),?", "");
  }

  /** Rewrites a file of the newest checkpoint that was committed, with one byte changed. */
  static void damage(Lab lab, String directory, String file) throws IOException {
    FileStore checkpoints =
        FileStore.at(lab.hdfs().uri() + directory + "/checkpoints", lab.hdfs().files().getConf());
    String newest =
        checkpoints.list().stream()
            .filter(name -> checkpoints.exists(name + "/manifest.json"))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    byte[] bytes = checkpoints.read(newest + "/" + file);
    bytes[bytes.length / 2] ^= 1;
    try (var out =
        lab.hdfs().files().create(new Path(checkpoints.uri() + "/" + newest + "/" + file), true)) {
      out.write(bytes);
    }
  }

  /** The output of all drivers so far. */
  String output() throws IOException {
    return lab.output(name);
  }
}
