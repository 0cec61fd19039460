package io.earlybird.spark.cli;

import io.earlybird.model.cost.OperationCount;
import io.earlybird.spark.compare.ComparisonDirectory;
import io.earlybird.spark.events.SummaryEvent;
import io.earlybird.spark.run.RunDirectory.EngineChange;
import io.earlybird.spark.run.RunRecord;
import io.earlybird.spark.settings.ComparisonSettings;
import io.earlybird.spark.settings.ComparisonSettings.Run;
import io.earlybird.spark.settings.ConfigException;
import io.earlybird.spark.settings.Settings;
import io.earlybird.spark.store.FileStore;
import io.earlybird.spark.submit.Master;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * A comparison all of whose runs have been looked at and found good.
 *
 * @param settings what is compared
 * @param directory that receives everything
 * @param identity what all runs share
 * @param runs in the order of the settings
 */
record ComparisonPlan(
    ComparisonSettings settings,
    ComparisonDirectory directory,
    SortedMap<String, String> identity,
    List<Contender> runs) {
  /** One run and its plan. */
  record Contender(Run run, TrainingPlan plan) {
    /** Whether the run has come to its end, with as many epochs as it is to have. */
    boolean complete() {
      if (!plan.directory().begun()) {
        return false;
      }
      RunRecord record = plan.directory().record();
      return record.config().at("/earlybird/run/epochs").asInt() == run.settings().run().epochs()
          && record.events().stream().anyMatch(SummaryEvent.class::isInstance);
    }

    /** Epochs that it will train, as far as is known before it begins. */
    int epochs() {
      Settings own = run.settings();
      return Math.max(own.run().epochs(), own.policy().horizon().orElse(0));
    }
  }

  /**
   * Checks everything that can be checked before the first run.
   *
   * @throws ConfigException with the problems of all runs
   * @throws io.earlybird.spark.compare.ComparisonRefusedException if the directory belongs to
   *     another comparison
   * @throws io.earlybird.spark.run.RunRefusedException if a run directory was made with other
   *     settings
   */
  static ComparisonPlan check(
      ComparisonSettings settings, Configuration hadoop, Master master, EngineChange engineChange) {
    ComparisonDirectory directory =
        ExitCodes.checked(
            () -> new ComparisonDirectory(FileStore.at(settings.directory(), hadoop)));
    List<Contender> runs = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Run run : settings.runs()) {
      try {
        TrainingPlan plan =
            Preflight.check(run.settings(), hadoop, master, engineChange, note -> {});
        runs.add(new Contender(run, plan));
        if (runs.size() == 1) {
          ExitCodes.checked(
              () -> {
                directory.requireSame(identity(settings, plan));
                return directory;
              });
        }
      } catch (ConfigException e) {
        e.problems().forEach(problem -> problems.add(run.directoryName() + ": " + problem));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new ComparisonPlan(
        settings, directory, identity(settings, runs.get(0).plan()), List.copyOf(runs));
  }

  /** What makes runs comparable, and another comparison another one. */
  private static SortedMap<String, String> identity(
      ComparisonSettings settings, TrainingPlan plan) {
    Settings first = plan.settings();
    SortedMap<String, String> identity = new TreeMap<>();
    identity.put("compare.name", settings.name());
    identity.put("network", first.network().name());
    identity.put("classes", Integer.toString(first.network().classes()));
    identity.put("image size", Integer.toString(first.data().imageSize()));
    identity.put("training data", plan.train().fingerprint());
    identity.put("validation data", plan.validation().fingerprint());
    return identity;
  }

  /** Network and data, as headings of tables say it. */
  String network() {
    TrainingPlan first = runs.get(0).plan();
    OperationCount count = OperationCount.of(first.settings().denseNetwork());
    return String.format(
        Locale.ROOT,
        "%s on %,d images of %,d classes, %,d parameters, %,d FLOPs an image",
        first.settings().network().name(),
        first.train().samples(),
        first.train().classes().size(),
        count.parameters(),
        count.paperFlops());
  }

  void print(PrintWriter out) {
    long complete = runs.stream().filter(Contender::complete).count();
    int epochs = runs.stream().mapToInt(Contender::epochs).sum();
    line(out, "comparison", settings.name() + " in " + directory.uri());
    line(out, "network", network());
    line(
        out,
        "runs",
        String.format(
            Locale.ROOT,
            "%d entries, %d runs of %,d epochs in all, %d of them complete",
            settings.entries().size(),
            runs.size(),
            epochs,
            complete));
    for (ComparisonSettings.Entry entry : settings.entries()) {
      Settings own = entry.runs().get(0).settings();
      line(
          out,
          "  " + entry.name(),
          own.policy().name() + ", seeds " + entry.runs().stream().map(Run::seed).toList());
    }
    out.flush();
  }

  private static void line(PrintWriter out, String name, String text) {
    out.printf(Locale.ROOT, "%-24s %s%n", name, text);
  }
}
