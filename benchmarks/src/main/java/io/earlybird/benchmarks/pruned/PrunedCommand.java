package io.earlybird.benchmarks.pruned;

import io.earlybird.benchmarks.contest.Subject;
import io.earlybird.benchmarks.race.Entrant;
import io.earlybird.benchmarks.race.Lap;
import io.earlybird.benchmarks.race.RaceOptions;
import io.earlybird.benchmarks.race.Work;
import io.earlybird.benchmarks.race.WorkerProcess;
import io.earlybird.benchmarks.report.Machine;
import io.earlybird.benchmarks.report.ResultOptions;
import io.earlybird.benchmarks.report.Results;
import io.earlybird.model.cost.OperationCount;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The table of pruned networks. */
@Command(
    name = "pruned",
    mixinStandardHelpOptions = true,
    description = {
      "Training steps of a network cut by a fixed mask against those of the whole network, taking"
          + " turns: speed-up and reduction of operations."
    })
public final class PrunedCommand implements Callable<Integer> {
  private static final String DENSE = "dense";

  @Spec private CommandSpec spec;
  @Mixin private RaceOptions options;
  @Mixin private ResultOptions files;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      defaultValue = "resnet50",
      description = "By name (default: ${DEFAULT-VALUE}).")
  private String network;

  @Option(
      names = "--image-size",
      paramLabel = "S",
      defaultValue = "0",
      description = "Height and width; 0 for those of the network's data set.")
  private int imageSize;

  @Option(
      names = "--batch",
      paramLabel = "B",
      defaultValue = "8",
      description = "Images of a step (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--threads",
      paramLabel = "T",
      defaultValue = "2",
      description = "Of one step (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--ratios",
      paramLabel = "P",
      split = ",",
      defaultValue = "0.3,0.5,0.7",
      description = "Shares of masked channels (default: ${DEFAULT-VALUE}).")
  private List<Double> ratios;

  @Option(
      names = "--multiples",
      paramLabel = "M",
      split = ",",
      defaultValue = "1,8,16",
      description = "Multiples that kept widths are rounded up to (default: ${DEFAULT-VALUE}).")
  private List<Integer> multiples;

  @Option(
      names = "--contestants",
      paramLabel = "KIND[+VARIANT]",
      split = ",",
      defaultValue = "dl4j,torch",
      description = "torch, dl4j, libtorch-nhwc+tuned, ... (default: ${DEFAULT-VALUE}).")
  private List<String> contestants;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Machine machine = Machine.here(options.launch().environment());
    Results results = files.results();
    List<PrunedRow> rows = new ArrayList<>();
    for (Entrant entrant : contestants.stream().map(Entrant::of).toList()) {
      for (double ratio : ratios) {
        List<PrunedRow> found = race(entrant, ratio);
        rows.addAll(found);
        out.println(PrunedTable.of(found));
        out.flush();
        results.write(machine, List.of(title(), PrunedTable.of(rows)), rows);
      }
    }
    out.println("Written: " + results.markdown());
    out.flush();
    return 0;
  }

  private String title() {
    return "Training, `%s`, batch %d, %d threads, rule union, mask of random scores; median of the round-by-round ratios (lowest to highest).\n"
        .formatted(network, batchSize, threads);
  }

  /** The whole network and the cut ones of a ratio, side by side. */
  private List<PrunedRow> race(Entrant entrant, double ratio) {
    List<WorkerProcess> workers = new ArrayList<>();
    try {
      workers.add(start(DENSE, entrant, new Subject(network, imageSize, 0, 1)));
      for (int multiple : multiples) {
        workers.add(start(Integer.toString(multiple), entrant, subject(ratio, multiple)));
      }
      Map<String, List<Lap>> laps = options.race().run(Work.TRAINING, workers);
      List<PrunedRow> rows = new ArrayList<>();
      for (int multiple : multiples) {
        rows.add(
            PrunedRow.of(
                entrant.toString(),
                ratio,
                multiple,
                flopReduction(subject(ratio, multiple)),
                batchSize,
                laps.get(DENSE),
                laps.get(Integer.toString(multiple))));
      }
      return rows;
    } finally {
      workers.forEach(WorkerProcess::close);
    }
  }

  private Subject subject(double ratio, int multiple) {
    return new Subject(network, imageSize, ratio, multiple);
  }

  private WorkerProcess start(String name, Entrant entrant, Subject subject) {
    return WorkerProcess.start(name, options.launch(), entrant, subject, batchSize, threads);
  }

  private double flopReduction(Subject subject) {
    Subject dense = new Subject(network, imageSize, 0, 1);
    return (double) OperationCount.of(dense.structure()).paperFlops()
        / OperationCount.of(subject.structure()).paperFlops();
  }
}
