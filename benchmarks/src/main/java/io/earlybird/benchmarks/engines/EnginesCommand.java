package io.earlybird.benchmarks.engines;

import io.earlybird.benchmarks.engines.EngineRace.StockCases;
import io.earlybird.benchmarks.race.Entrant;
import io.earlybird.benchmarks.race.Kind;
import io.earlybird.benchmarks.race.RaceOptions;
import io.earlybird.benchmarks.report.Machine;
import io.earlybird.benchmarks.report.ResultOptions;
import io.earlybird.benchmarks.report.Results;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The table of the engines. */
@Command(
    name = "engines",
    mixinStandardHelpOptions = true,
    description = {
      "libtorch's own loop, the engines and stock DL4J layers, each in a process of its own, taking"
          + " turns: images a second, CPU time an image, memory."
    })
public final class EnginesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private RaceOptions options;
  @Mixin private ResultOptions files;

  @Option(
      names = "--networks",
      paramLabel = "NAME",
      split = ",",
      description =
          "Networks by name (default: resnet50,resnet18-cifar,preresnet-101,vgg16-cifar).")
  private List<String> networks = EngineCase.standardNetworks();

  @Option(
      names = "--batches",
      paramLabel = "B",
      split = ",",
      description = "Batch sizes of every network (default: those of the table).")
  private List<Integer> batches = new ArrayList<>();

  @Option(
      names = "--threads",
      paramLabel = "T",
      split = ",",
      defaultValue = "2,1",
      description = "Numbers of threads (default: ${DEFAULT-VALUE}).")
  private List<Integer> threads;

  @Option(
      names = "--contestants",
      paramLabel = "KIND[+VARIANT]",
      split = ",",
      defaultValue =
          "libtorch,libtorch-nhwc,libtorch+tuned,libtorch-nhwc+tuned,libtorch-nhwc+launcher,"
              + "torch,dl4j,stock",
      description = {
        "libtorch and libtorch-nhwc (plain and channels-last; +tuned with the launcher's allocator"
            + " settings, +launcher with all that it exports), torch, dl4j (+bfloat16), stock (default: ${DEFAULT-VALUE})."
      })
  private List<String> contestants;

  @Option(
      names = "--stock",
      paramLabel = "CASES",
      defaultValue = "FIRST",
      description = {
        "FIRST: stock layers run the first batch size of each network; ALL: every case"
            + " (default: ${DEFAULT-VALUE})."
      })
  private StockCases stock;

  @Option(
      names = "--quick",
      description = {
        "The cases of the budgets only: resnet50 at batch 8 and resnet18-cifar at batch 32 on 2"
            + " threads, without stock layers."
      })
  private boolean quick;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Entrant> entrants =
        contestants.stream()
            .map(Entrant::of)
            .filter(entrant -> !quick || entrant.kind() != Kind.STOCK)
            .toList();
    EngineRace race = new EngineRace(options.launch(), options.race(), entrants, stock);
    Machine machine = Machine.here(options.launch().environment());
    Results results = files.results();
    List<EngineRow> rows = new ArrayList<>();
    for (EngineCase next : cases()) {
      out.println(next + " ...");
      out.flush();
      List<EngineRow> found = race.run(next);
      rows.addAll(found);
      out.println(String.join("\n", EngineTable.sections(found)));
      results.write(machine, EngineTable.sections(rows), rows);
    }
    out.println("Written: " + results.markdown());
    out.flush();
    return 0;
  }

  private List<EngineCase> cases() {
    return quick ? EngineCase.budgets() : EngineCase.all(networks, batches, threads);
  }
}
