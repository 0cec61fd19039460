package io.earlybird.benchmarks.scaling;

import io.earlybird.benchmarks.report.MarkdownTable;
import io.earlybird.benchmarks.report.ResultOptions;
import io.earlybird.benchmarks.report.Results;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The table of clusters that the model of rounds makes. */
@Command(
    name = "scaling",
    mixinStandardHelpOptions = true,
    description = {
      "Fits the cost model of docs/scaling.md on the results of the command rounds, and projects it"
          + " to clusters. Measures nothing."
    })
public final class ScalingCommand implements Callable<Integer> {
  private static final double GIGA = 1e9;
  private static final double SHARE = 0.05;

  @Spec private CommandSpec spec;
  @Mixin private ResultOptions files;

  @Option(
      names = "--rounds",
      paramLabel = "FILE",
      defaultValue = "docs/benchmarks/results/rounds.json",
      description = "Results of rounds (default: ${DEFAULT-VALUE}).")
  private Path rounds;

  @Option(
      names = "--executors",
      split = ",",
      defaultValue = "2,16,64,256",
      description = "N, each with one GPU and one replica (default: ${DEFAULT-VALUE}).")
  private List<Integer> executors;

  @Option(
      names = "--gigabits",
      split = ",",
      defaultValue = "10,25,100",
      description = "Gbit/s of each network device (default: ${DEFAULT-VALUE}).")
  private List<Integer> gigabits;

  @Option(
      names = "--images-per-second",
      defaultValue = "400",
      description =
          "Of a GPU in training (default: ${DEFAULT-VALUE}, ResNet-50 in float32 on a V100).")
  private double imagesPerSecond;

  @Option(
      names = "--batch",
      defaultValue = "64",
      description = "Of one replica (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--images",
      defaultValue = "1281167",
      description = "Of an epoch (default: ${DEFAULT-VALUE}, ImageNet).")
  private long images;

  @Override
  public Integer call() throws IOException {
    List<MeasuredRound> measured = MeasuredRound.read(rounds);
    CostModel model = CostModel.fit(measured);
    double stateBytes = measured.stream().mapToLong(MeasuredRound::stateBytes).max().orElseThrow();
    String text =
        "A state of %.0f MB. A step takes %.3f s (%d images, %.0f images/s).%n%n%s%n%s%n%s%n"
            .formatted(
                stateBytes / 1e6,
                stepSeconds(),
                batch,
                imagesPerSecond,
                clusters(model, stateBytes),
                coefficients(model),
                errors(model, measured));
    Results results = files.results();
    results.write(text, Map.of("model", model, "projections", projections(model, stateBytes)));
    PrintWriter out = spec.commandLine().getOut();
    out.println(text);
    out.println("Written: " + results.markdown());
    out.flush();
    return 0;
  }

  private double stepSeconds() {
    return batch / imagesPerSecond;
  }

  private Map<String, List<Projection>> projections(CostModel model, double stateBytes) {
    Map<String, List<Projection>> all = new TreeMap<>();
    for (int speed : gigabits) {
      List<Projection> row = new ArrayList<>();
      executors.forEach(n -> row.add(model.project(stateBytes, n, speed * GIGA, 1)));
      all.put(speed + " Gbit/s", row);
    }
    return all;
  }

  private String clusters(CostModel model, double stateBytes) {
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "GPUs",
                "Gbit/s",
                "overhead s",
                "scheduling",
                "driver",
                "executors",
                "network",
                "with two bytes on the wire",
                "H for 5 %",
                "rounds an epoch with it"));
    for (int n : executors) {
      for (int speed : gigabits) {
        Projection full = model.project(stateBytes, n, speed * GIGA, 1);
        Projection half = model.project(stateBytes, n, speed * GIGA, 0.5);
        long steps = full.steps(SHARE, stepSeconds());
        table.add(
            List.of(
                Integer.toString(n),
                Integer.toString(speed),
                "**" + number(full.seconds()) + "**",
                number(full.latency()),
                number(full.driver()),
                number(full.executor()),
                number(full.network()),
                number(half.seconds()),
                Long.toString(steps),
                number((double) images / batch / n / steps)));
      }
    }
    return table.toString();
  }

  private static String coefficients(CostModel model) {
    MarkdownTable table = new MarkdownTable(List.of("part", "seconds", "s a task", "s a GB"));
    table.add(List.of("send", number(model.send().get(0)), "", giga(model.send().get(1))));
    List<Double> replicas = model.replicas();
    table.add(
        List.of(
            "replicas: receive, write, sum",
            number(replicas.get(0)),
            thousandth(replicas.get(1)),
            giga(replicas.get(2)) + ", " + giga(replicas.get(3)) + ", " + giga(replicas.get(4))));
    List<Double> combine = model.combine();
    table.add(
        List.of(
            "combine: collect, each task's mean",
            number(combine.get(0)),
            thousandth(combine.get(1)),
            giga(combine.get(2)) + ", " + giga(combine.get(3))));
    table.add(List.of("rest", number(model.rest().get(0)), "", giga(model.rest().get(1))));
    return table.toString();
  }

  private static String errors(CostModel model, List<MeasuredRound> measured) {
    MarkdownTable table =
        new MarkdownTable(List.of("state MB", "tasks", "G", "measured s", "by the model"));
    for (MeasuredRound round : measured) {
      double seconds =
          round.sendSeconds()
              + round.replicaStageSeconds()
              + round.combineStageSeconds()
              + round.restSeconds();
      table.add(
          List.of(
              String.format(Locale.ROOT, "%.0f", round.stateBytes() / 1e6),
              Integer.toString(round.tasks()),
              Integer.toString(round.replicasPerTask()),
              number(seconds),
              number(model.seconds(round))));
    }
    return table.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String thousandth(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String giga(double secondsPerByte) {
    return number(secondsPerByte * GIGA);
  }
}
