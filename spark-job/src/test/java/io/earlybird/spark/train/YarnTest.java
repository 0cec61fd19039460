package io.earlybird.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.data.ingest.Ingest;
import io.earlybird.data.ingest.IngestSettings;
import io.earlybird.data.ingest.SyntheticSource;
import io.earlybird.spark.LocalSpark;
import io.earlybird.spark.Main;
import io.earlybird.spark.evaluation.Score;
import io.earlybird.spark.store.FileStore;
import io.earlybird.spark.yarn.ContainerShell;
import io.earlybird.spark.yarn.JobArchive;
import io.earlybird.spark.yarn.YarnCluster;
import io.earlybird.spark.yarn.YarnCluster.Started;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.yarn.client.cli.LogsCLI;
import org.apache.spark.deploy.SparkSubmit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a real HDFS and YARN, in containers, some of which are killed. */
class YarnTest {
  private static final String DRIVER = "org.apache.spark.deploy.yarn.ApplicationMaster";
  private static final String EXECUTOR = "YarnCoarseGrainedExecutorBackend";

  /** What a container of this test does not need, and what would take long to bring there. */
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "(pytorch|rocksdbjni|hadoop-client-minicluster|archunit|assertj|junit|kubernetes).*");

  /** Many times as long as a node manager waits between SIGTERM and SIGKILL. */
  private static final int LONG_ROUND_MILLIS = 10_000;

  @TempDir private static Path temporary;
  private static YarnCluster cluster;
  private static String archive;
  private static String expected;

  @BeforeAll
  static void startACluster() throws Exception {
    cluster = YarnCluster.start(temporary.resolve("cluster"));
    archive =
        JobArchive.of(jars(temporary.resolve("jars")))
            .put(FileStore.at(cluster.uri("/apps/earlybird"), cluster.configuration()));
    Ingest.run(
        new SyntheticSource(16, 60, 20, 3, 1),
        new IngestSettings(cluster.uri("/shards"), 1, 4, 1),
        cluster.configuration());
    TinyRun local = run(temporary.resolve("local").toString());
    local.train(LocalSpark.context(), () -> false);
    expected = local.parametersSha256();
  }

  @AfterAll
  static void stopTheCluster() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void inClusterModeAKilledContainerChangesNothingAndTheLogsCanBeRead() throws Exception {
    TinyRun run = run(cluster.uri("/runs/cluster"));
    Started submit = submit("cluster", run, "--queue", "nightly");
    String application = cluster.application(submit.name(), submit.process());
    kill(run, submit, application, EXECUTOR);

    assertThat(submit.exitCode()).as(submit.output()).isZero();
    assertThat(run.parametersSha256()).isEqualTo(expected);
    Score score = run.score(LocalSpark.context());
    assertThat(score.samples()).isEqualTo(20);
    assertThat(logs(application))
        .contains("run tiny: training " + TinyRun.EPOCHS + " epochs")
        .contains("DONE: " + TinyRun.EPOCHS + " epochs");
  }

  @Test
  @Tag("slow")
  void inClientModeAKilledContainerChangesNothing() throws Exception {
    TinyRun run = run(cluster.uri("/runs/client"));
    Started submit = submit("client", run);
    kill(run, submit, cluster.application(submit.name(), submit.process()), EXECUTOR);

    assertThat(submit.exitCode()).as(submit.output()).isZero();
    assertThat(submit.output()).contains("DONE: " + TinyRun.EPOCHS + " epochs");
    assertThat(run.parametersSha256()).isEqualTo(expected);
  }

  @Test
  @Tag("slow")
  void aDriverWhoseContainerIsKilledIsStartedAgainAndGoesOn() throws Exception {
    TinyRun run = run(cluster.uri("/runs/driver"));
    Started submit = submit("cluster", run);
    String application = cluster.application(submit.name(), submit.process());
    kill(run, submit, application, DRIVER);

    assertThat(submit.exitCode()).as(submit.output()).isZero();
    assertThat(run.parametersSha256()).isEqualTo(expected);
    assertThat(run.attempts()).contains("attempt-1", "attempt-2").doesNotContain("ended-1");
  }

  @Test
  @Tag("slow")
  void aDriverThatIsAskedToStopSavesALongRoundAndGoesOnInTheNextContainer() throws Exception {
    TinyRun run = run(cluster.uri("/runs/stopped"));
    Started submit = submit("cluster", run);
    String application = cluster.application(submit.name(), submit.process());
    awaitEpoch(run, submit);
    ProcessHandle driver = YarnCluster.processes(application, DRIVER).get(0);
    List<ProcessHandle> executors = YarnCluster.processes(application, EXECUTOR);
    // The round lasts as long as its executors stand still.
    executors.forEach(executor -> YarnCluster.signal(executor, "STOP"));
    cluster.askToStop(application);
    Thread.sleep(LONG_ROUND_MILLIS);
    assertThat(driver.isAlive()).isTrue();
    executors.forEach(executor -> YarnCluster.signal(executor, "CONT"));

    assertThat(submit.exitCode()).as(submit.output()).isZero();
    assertThat(run.parametersSha256()).isEqualTo(expected);
    assertThat(run.attempts()).contains("ended-1", "attempt-2");
    assertThat(logs(application))
        .contains("SIGTERM: stopping after this round", "Stopped and saved");
  }

  @Test
  @Tag("slow")
  void aRefusedRunFailsAndACompleteOneSucceeds() throws Exception {
    TinyRun run = run(cluster.uri("/runs/twice"));
    assertThat(submit("cluster", run).exitCode()).isZero();
    Started again = submit("cluster", run);
    assertThat(again.exitCode()).as(again.output()).isZero();
    assertThat(logs(cluster.application(again.name(), again.process())))
        .contains("Nothing is left to do");

    Started refused = submit("cluster", run(cluster.uri("/runs/twice"), "run.seed=2"));
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output())
        .contains("User application exited with 2")
        .contains("run.seed was 1, is 2");
    assertThat(logs(cluster.application(refused.name(), refused.process())))
        .contains("run.seed was 1, is 2");
  }

  private static TinyRun run(String directory, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "data.train=\"" + cluster.uri("/shards/train") + "\"",
                "data.validation=\"" + cluster.uri("/shards/validation") + "\""));
    all.addAll(List.of(more));
    return new TinyRun(directory, all.toArray(String[]::new));
  }

  private static Started submit(String mode, TinyRun run, String... more) throws IOException {
    List<String> line = new ArrayList<>(List.of("--class", Main.class.getName()));
    line.addAll(List.of("--master", "yarn", "--deploy-mode", mode, "--driver-memory", "512m"));
    line.addAll(List.of(more));
    String options = "-XX:TieredStopAtLevel=1 -Dorg.bytedeco.javacpp.maxphysicalbytes=0";
    String name = mode + "-" + System.nanoTime();
    for (String setting :
        List.of(
            "spark.yarn.tags=" + name,
            "spark.yarn.archive=" + archive,
            "spark.yarn.appMasterEnv." + ContainerShell.VARIABLE + "=" + ContainerShell.path(),
            "spark.yarn.populateHadoopClasspath=false",
            "spark.yarn.maxAppAttempts=2",
            "spark.executor.instances=2",
            "spark.executor.memory=512m",
            "spark.executor.memoryOverhead=768m",
            "spark.driver.memoryOverhead=512m",
            "spark.executor.extraJavaOptions=" + options,
            "spark.driver.extraJavaOptions=" + options,
            "spark.executorEnv.OMP_NUM_THREADS=1",
            "spark.ui.enabled=false")) {
      line.addAll(List.of("--conf", setting));
    }
    line.addAll(List.of("spark-internal", "train"));
    run.overrides().forEach(setting -> line.addAll(List.of("--set", setting)));
    return cluster.start(name, SparkSubmit.class, line);
  }

  private static void awaitEpoch(TinyRun run, Started submit) throws InterruptedException {
    YarnCluster.await(
        () -> run.checkpoints().contains("epoch-0001") || !submit.process().isAlive());
    assertThat(submit.process().isAlive()).as(submit.output()).isTrue();
  }

  /** Kills one container of the kind in the second epoch. */
  private static void kill(TinyRun run, Started submit, String application, String kind)
      throws Exception {
    awaitEpoch(run, submit);
    List<ProcessHandle> found = YarnCluster.processes(application, kind);
    assertThat(found).isNotEmpty();
    assertThat(found.get(0).destroyForcibly()).isTrue();
    assertThat(run.checkpoints()).doesNotContain("epoch-000" + TinyRun.EPOCHS);
  }

  /** What {@code yarn logs} prints, as soon as the nodes have brought it together. */
  private static String logs(String application) throws Exception {
    String[] last = {""};
    YarnCluster.await(
        () -> {
          last[0] = tryLogs(application);
          return last[0].contains("End of LogType:stdout");
        });
    return last[0];
  }

  private static String tryLogs(String application) {
    try {
      Started logs =
          cluster.start(
              "logs-" + System.nanoTime(), LogsCLI.class, List.of("-applicationId", application));
      logs.exitCode();
      return logs.output();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Jars of the class path; of each folder of classes, one is made. */
  private static List<Path> jars(Path made) throws IOException {
    Files.createDirectories(made);
    List<Path> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (entry.endsWith(".jar") && !LEFT_OUT.matcher(path.getFileName().toString()).matches()) {
        jars.add(path);
      } else if (Files.isDirectory(path) && path.endsWith("classes")) {
        jars.add(jar(path, made.resolve("earlybird-" + jars.size() + ".jar")));
      }
    }
    return jars;
  }

  private static Path jar(Path folder, Path target) throws IOException {
    try (OutputStream out = Files.newOutputStream(target);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
        Files.copy(file, zip);
      }
    }
    return target;
  }
}
