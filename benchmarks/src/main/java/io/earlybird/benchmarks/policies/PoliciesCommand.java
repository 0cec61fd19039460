package io.earlybird.benchmarks.policies;

import io.earlybird.benchmarks.report.Machine;
import io.earlybird.benchmarks.report.MarkdownTable;
import io.earlybird.benchmarks.report.ResultOptions;
import io.earlybird.benchmarks.report.Results;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The table of the driver's work between epochs. */
@Command(
    name = "policies",
    mixinStandardHelpOptions = true,
    description = {
      "What policies take of the driver between two epochs, on one thread: masks, ranks of weights,"
          + " drop and growth. Gradients that a policy asks for are drawn, not measured."
    })
public final class PoliciesCommand implements Callable<Integer> {
  private static final double BUDGET_SECONDS = 3;

  @Spec private CommandSpec spec;
  @Mixin private ResultOptions files;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      defaultValue = "resnet50",
      description = "By name (default: ${DEFAULT-VALUE}).")
  private String network;

  @Option(
      names = "--policies",
      paramLabel = "P",
      split = ",",
      defaultValue = "early-bird,imp,gmp,sparse-momentum,set,rigl",
      description = "By their names in settings (default: ${DEFAULT-VALUE}).")
  private List<String> policies;

  @Option(
      names = "--laps",
      defaultValue = "7",
      description = "Decisions that are measured (default: ${DEFAULT-VALUE}).")
  private int laps;

  @Override
  public Integer call() {
    List<PolicyRow> rows = new ArrayList<>();
    MarkdownTable table = new MarkdownTable(List.of("policy", "values", "CPU s", "s"));
    for (String policy : policies) {
      PolicyRow row = new PolicyCase(policy, network).measure(policy, 2, laps);
      rows.add(row);
      table.add(
          List.of(
              policy,
              String.format(Locale.ROOT, "%,d", row.values()),
              number(row.cpuSeconds()),
              number(row.seconds())));
    }
    Results results = files.results();
    String what =
        "One decision after an epoch of "
            + network
            + ", one thread, median of "
            + laps
            + "; the budget is "
            + number(BUDGET_SECONDS)
            + " s.";
    results.write(Machine.here(Map.of()), List.of(what, "", table.toString()), rows);
    PrintWriter out = spec.commandLine().getOut();
    out.println(what + "\n\n" + table);
    out.println("Written: " + results.markdown());
    out.flush();
    return 0;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
