package io.earlybird.spark.cli;

import io.earlybird.spark.run.RunDirectory.EngineChange;
import io.earlybird.spark.settings.ComparisonSettings;
import io.earlybird.spark.store.Clients;
import io.earlybird.spark.submit.ClusterOptions;
import io.earlybird.spark.submit.SettingsFile;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains the runs of a comparison one after the other and puts their figures side by side. */
@Command(
    name = "compare",
    description = {
      "Trains a list of policies over a list of seeds, one run after the other, and writes their"
          + " figures as table, CSV and page. The same command again goes on from where it stands;"
          + " runs that are complete are not trained again."
    })
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions clusterOptions;
  @Mixin private TrainingOptions trainingOptions;

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      required = true,
      description = "Comparison in HOCON, a path or a URI; see conf/compare-demo.conf.")
  private String conf;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Overrides a setting of all runs; keys are relative to earlybird., or begin with"
              + " compare. May be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Override
  public Integer call() {
    trainingOptions.refuseSubmitLine();
    PrintWriter out = spec.commandLine().getOut();
    EngineChange engineChange = trainingOptions.engineChange();
    ComparisonSettings comparison = SettingsFile.comparison(conf, overrides);
    ComparisonPlan plan =
        ComparisonPlan.check(
            comparison, Clients.configuration(), clusterOptions.master(), engineChange);
    plan.print(out);
    if (trainingOptions.dryRun()) {
      return ExitCodes.DONE;
    }
    return new ComparisonRuns(plan, engineChange, out).train();
  }
}
