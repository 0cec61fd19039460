package io.earlybird.benchmarks.epoch;

import io.earlybird.benchmarks.cluster.SparkContexts;
import io.earlybird.benchmarks.report.Machine;
import io.earlybird.benchmarks.report.ResultOptions;
import io.earlybird.benchmarks.report.Results;
import io.earlybird.spark.batches.OpenShards;
import io.earlybird.spark.batches.TrainingData;
import io.earlybird.spark.replica.ReplicaPool;
import io.earlybird.spark.round.RoundMetrics.Seconds;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The table of epochs on Spark. */
@Command(
    name = "epoch",
    mixinStandardHelpOptions = true,
    description = {
      "Epochs on Spark, taking turns: replicas that stay open on executors, on each engine, against"
          + " dl4j-spark with the dl4j engine's layers and with stock layers. Start-up and the first"
          + " epoch of each do not count."
    })
public final class EpochCommand implements Callable<Integer> {
  private static final Path SHARDS = Path.of("benchmarks/target/shards");

  @Spec private CommandSpec spec;
  @Mixin private ResultOptions files;

  @Option(
      names = "--master",
      paramLabel = "URL",
      defaultValue = "local[2]",
      description = "Spark master, as local-cluster[2,1,4096] (default: ${DEFAULT-VALUE}).")
  private String master;

  @Option(
      names = "--network",
      defaultValue = "resnet18-cifar",
      description = "By name (default: ${DEFAULT-VALUE}).")
  private String network;

  @Option(
      names = "--image-size",
      defaultValue = "32",
      description = "Of the generated images (default: ${DEFAULT-VALUE}).")
  private int imageSize;

  @Option(
      names = "--images",
      defaultValue = "640",
      description = "Of an epoch (default: ${DEFAULT-VALUE}).")
  private int images;

  @Option(
      names = "--batch",
      defaultValue = "32",
      description = "Of one replica (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(names = "--replicas", defaultValue = "2", description = "R (default: ${DEFAULT-VALUE}).")
  private int replicas;

  @Option(
      names = "--replicas-per-task",
      defaultValue = "1",
      description = "G (default: ${DEFAULT-VALUE}).")
  private int replicasPerTask;

  @Option(
      names = "--steps-per-round",
      defaultValue = "10",
      description = "H (default: ${DEFAULT-VALUE}).")
  private int localSteps;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "Of one replica (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--epochs",
      defaultValue = "5",
      description = "Of each, the first of which does not count (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--contestants",
      split = ",",
      defaultValue = "resident-dl4j,resident-torch,dl4j-spark,dl4j-spark-stock",
      description = "Default: ${DEFAULT-VALUE}.")
  private List<Averager> contestants;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, String> environment = SparkContexts.launcherEnvironment();
    Machine machine = Machine.here(environment);
    EpochTask task =
        new EpochTask(network, imageSize, images, batchSize, replicas, replicasPerTask, localSteps);
    TrainingData data = task.data(SHARDS.toAbsolutePath());
    Map<Averager, List<Seconds>> seconds = new LinkedHashMap<>();
    try (JavaSparkContext spark = SparkContexts.open(master, threads, environment)) {
      List<EpochRunner> runners =
          contestants.stream()
              .map(averager -> new EpochRunner(averager, task, data, spark, threads))
              .toList();
      for (int epoch = 0; epoch < epochs; epoch++) {
        for (EpochRunner runner : runners) {
          if (epoch < runner.averager().epochs()) {
            measure(runner, epoch, seconds);
          }
        }
      }
    } finally {
      ReplicaPool.shared().clear();
      OpenShards.closeAll();
    }
    write(machine, task, seconds);
    return 0;
  }

  private void measure(EpochRunner runner, int epoch, Map<Averager, List<Seconds>> seconds) {
    runner.warmUp(epoch);
    Seconds taken = runner.run(epoch).seconds();
    if (epoch > 0) {
      seconds.computeIfAbsent(runner.averager(), averager -> new ArrayList<>()).add(taken);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "epoch %d, %s: %s%n", epoch, runner.averager(), taken);
    out.flush();
  }

  private void write(Machine machine, EpochTask task, Map<Averager, List<Seconds>> seconds) {
    List<Seconds> baseline = seconds.getOrDefault(Averager.DL4J_SPARK, List.of());
    List<EpochRow> rows =
        seconds.entrySet().stream()
            .map(entry -> EpochRow.of(entry.getKey(), entry.getValue(), baseline))
            .toList();
    String title = "%s, %s, %d OpenMP threads a replica.%n".formatted(task, master, threads);
    Results results = files.results();
    results.write(machine, List.of(title, EpochTable.of(rows, images)), rows);
    PrintWriter out = spec.commandLine().getOut();
    out.println(title);
    out.println(EpochTable.of(rows, images));
    out.println("Written: " + results.markdown());
    out.flush();
  }
}
