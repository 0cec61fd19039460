package io.earlybird.benchmarks.rounds;

import io.earlybird.benchmarks.cluster.SparkContexts;
import io.earlybird.benchmarks.report.Machine;
import io.earlybird.benchmarks.report.ResultOptions;
import io.earlybird.benchmarks.report.Results;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.averaging.WirePrecision;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The table of rounds without compute. */
@Command(
    name = "rounds",
    mixinStandardHelpOptions = true,
    description = {
      "Rounds without compute: a state is sent to replicas that change it a little and compute"
          + " nothing, and averaged; against broadcast and tree aggregation of dl4j-spark. The first"
          + " round of each case does not count."
    })
public final class RoundsCommand implements Callable<Integer> {

  /** Of dl4j-spark, which takes much longer: one to warm up, one that counts. */
  private static final int PEER_ROUNDS = 2;

  @Spec private CommandSpec spec;
  @Mixin private ResultOptions files;

  @Option(
      names = "--master",
      paramLabel = "URL",
      defaultValue = "local-cluster[2,1,4096]",
      description = "Spark master (default: ${DEFAULT-VALUE}).")
  private String master;

  @Option(
      names = "--network",
      split = ",",
      defaultValue = "demo,resnet18,resnet50",
      description =
          "Whose states travel, by name; all cases for the last, few for the others"
              + " (default: ${DEFAULT-VALUE}).")
  private List<String> networks;

  @Option(
      names = "--replicas",
      split = ",",
      defaultValue = "2,4,8,16,32,64",
      description = "R (default: ${DEFAULT-VALUE}).")
  private List<Integer> replicas;

  @Option(
      names = "--replicas-per-task",
      split = ",",
      defaultValue = "0,4,1",
      description = "G; 0 for two tasks in all (default: ${DEFAULT-VALUE}).")
  private List<Integer> groups;

  @Option(
      names = "--most-tasks",
      defaultValue = "16",
      description =
          "Cases with more tasks are left out: each writes its mean to disk (default: ${DEFAULT-VALUE}).")
  private int mostTasks;

  @Option(
      names = "--wire",
      split = ",",
      defaultValue = "float32,bfloat16,float16",
      description =
          "Forms of what travels; all cases for the first, R = 8 for the others (default: ${DEFAULT-VALUE}).")
  private List<WirePrecision> wires;

  @Option(
      names = "--warm-up",
      paramLabel = "ROUNDS",
      defaultValue = "8",
      description =
          "With the last network, R = 8 and G = 4, before the first case: code is compiled then, as it is"
              + " in a run of many rounds (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--rounds",
      defaultValue = "4",
      description = "Of each case, the first of which does not count (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--contestants",
      split = ",",
      defaultValue = "resident,dl4j-spark",
      description = "Default: ${DEFAULT-VALUE}.")
  private List<Transport> contestants;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "25",
      description =
          "No further round of a case after one that took longer, and no further case of dl4j-spark (default: ${DEFAULT-VALUE}).")
  private int patienceSeconds;

  @Option(
      names = "--spark",
      paramLabel = "KEY=VALUE",
      description = "Another setting of Spark, to see what it does; may be repeated.")
  private Map<String, String> settings = Map.of();

  @Override
  public Integer call() throws InterruptedException {
    Map<String, String> environment = SparkContexts.launcherEnvironment();
    Machine machine = Machine.here(environment);
    List<RoundRow> rows = new ArrayList<>();
    List<WireError> errors = new ArrayList<>();
    // A case that fails is not tried again, and the loss of an executor is a result.
    System.setProperty("spark.task.maxFailures", "1");
    settings.forEach(System::setProperty);
    for (Transport transport : contestants) {
      try (JavaSparkContext spark = SparkContexts.open(master, 1, environment)) {
        rows.addAll(race(transport, spark));
        if (transport == Transport.RESIDENT) {
          errors.addAll(wireErrors(spark));
        }
      }
    }
    Results results = files.results();
    String title = "%s, %d rounds of each case. %s%n".formatted(master, rounds - 1, settings);
    List<String> sections = List.of(title, RoundTable.of(rows), RoundTable.ofErrors(errors));
    results.write(machine, sections, rows);
    say(String.join("\n", sections) + "\nWritten: " + results.markdown());
    return 0;
  }

  private List<RoundRow> race(Transport transport, JavaSparkContext spark)
      throws InterruptedException {
    JobSpans spans = new JobSpans();
    spark.sc().addSparkListener(spans);
    boolean ours = transport == Transport.RESIDENT;
    RoundRunner runner =
        new RoundRunner(spark, spans, ours ? rounds : PEER_ROUNDS, patienceSeconds);
    if (ours && warmUp > 0) {
      new RoundRunner(spark, spans, warmUp, patienceSeconds).run(transport, main(wires.get(0)));
    }
    List<RoundRow> rows = new ArrayList<>();
    for (RoundCase test : ours ? cases() : peerCases()) {
      RoundRow row = runner.run(transport, test);
      rows.add(row);
      say(row.toString());
      if (!ours && (!row.failure().isEmpty() || row.overheadSeconds() > patienceSeconds)) {
        break;
      }
    }
    return rows;
  }

  private List<WireError> wireErrors(JavaSparkContext spark) {
    RoundCase exact = main(WirePrecision.FLOAT32);
    Parameters mean = new ResidentRound(spark, exact).mean();
    return wires.stream()
        .filter(WirePrecision::relative)
        .map(
            wire -> {
              RoundCase test = main(wire);
              return WireError.of(
                  wire.name().toLowerCase(Locale.ROOT),
                  test.initial(),
                  mean,
                  new ResidentRound(spark, test).mean());
            })
        .toList();
  }

  /** The case of the budget. */
  private RoundCase main(WirePrecision wire) {
    return new RoundCase(networks.get(networks.size() - 1), 8, 4, wire);
  }

  private Set<RoundCase> cases() {
    String main = networks.get(networks.size() - 1);
    Set<RoundCase> cases = new LinkedHashSet<>();
    for (String network : networks) {
      cases.add(new RoundCase(network, 8, 4, wires.get(0)));
    }
    if (networks.size() > 1) {
      cases.add(new RoundCase(networks.get(0), mostTasks, 1, wires.get(0)));
    }
    for (WirePrecision wire : wires) {
      cases.add(main(wire));
    }
    for (int group : groups) {
      for (int r : replicas) {
        RoundCase test =
            new RoundCase(main, r, group == 0 ? Math.max(1, r / 2) : group, wires.get(0));
        if (test.tasks() <= mostTasks && (test.tasks() > 1 || r == 1)) {
          cases.add(test);
        }
      }
    }
    return cases;
  }

  private Set<RoundCase> peerCases() {
    String main = networks.get(networks.size() - 1);
    Set<RoundCase> cases = new LinkedHashSet<>();
    replicas.forEach(r -> cases.add(new RoundCase(main, r, 1, wires.get(0))));
    return cases;
  }

  private void say(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "%s%n", text);
    out.flush();
  }
}
