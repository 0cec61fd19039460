package io.earlybird.spark.cli;

import io.earlybird.pruning.detection.MaskHistory;
import io.earlybird.spark.cli.ComparisonPlan.Contender;
import io.earlybird.spark.compare.Comparison;
import io.earlybird.spark.compare.ComparisonFiles;
import io.earlybird.spark.compare.Pace;
import io.earlybird.spark.compare.PublishedTables;
import io.earlybird.spark.compare.RunFigures;
import io.earlybird.spark.events.Durations;
import io.earlybird.spark.report.Report;
import io.earlybird.spark.run.RunDirectory.EngineChange;
import io.earlybird.spark.run.RunRecord;
import io.earlybird.spark.settings.ComparisonSettings;
import io.earlybird.spark.settings.Settings;
import io.earlybird.spark.train.Outcome;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/** Trains what is left of a comparison on one Spark, and writes its files after each run. */
final class ComparisonRuns {
  private final ComparisonPlan plan;
  private final EngineChange engineChange;
  private final PrintWriter out;
  private final Map<Contender, RunFigures> figures = new LinkedHashMap<>();
  private final SortedMap<String, SortedMap<Double, MaskHistory>> masks = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  ComparisonRuns(ComparisonPlan plan, EngineChange engineChange, PrintWriter out) {
    this.plan = plan;
    this.engineChange = engineChange;
    this.out = out;
  }

  /** Trains all runs that are not complete; gives the exit code. */
  int train() {
    plan.directory().claim(plan.identity());
    List<Contender> left = new ArrayList<>();
    for (Contender contender : plan.runs()) {
      if (contender.complete()) {
        look(contender);
      } else {
        left.add(contender);
      }
    }
    Pace pace = new Pace(left.stream().map(Contender::epochs).toList(), InstantSource.system());
    boolean stopped = !left.isEmpty() && !train(left, pace);
    write();
    out.println();
    out.println(ComparisonFiles.table(comparison()));
    out.println("page: " + plan.directory().uri() + "/" + ComparisonFiles.PAGE);
    failures.forEach(out::println);
    out.println("time: " + Durations.of(pace.used()));
    if (stopped) {
      out.println("Stopped and saved; the same command goes on from there.");
    }
    out.flush();
    return stopped || !failures.isEmpty() ? ExitCodes.FAILED : ExitCodes.DONE;
  }

  /** Whether all were trained, or failed. */
  private boolean train(List<Contender> left, Pace pace) {
    StopSignals signals = StopSignals.listen(this::say);
    TrainingPlan largest =
        left.stream()
            .map(Contender::plan)
            .max(Comparator.comparingLong(each -> each.memory().localTotal(1)))
            .orElseThrow();
    try (JavaSparkContext spark =
        SparkContexts.open(
            largest.master(),
            plan.settings().name(),
            largest.settings().engine().threads(),
            Optional.of(largest.memory()))) {
      largest.livePage(spark).ifPresent(this::say);
      for (int i = 0; i < left.size(); i++) {
        Contender next = left.get(i);
        String title =
            "[%d/%d] %s, seed %d"
                .formatted(i + 1, left.size(), next.run().entry(), next.run().seed());
        ComparisonProgress progress = new ComparisonProgress(title, next.epochs(), pace, out);
        if (!trained(next, spark, progress, signals)) {
          return false;
        }
        write();
      }
      return true;
    }
  }

  private void say(String sentence) {
    out.println(sentence);
    out.flush();
  }

  /** Whether the run ended, well or not, before anybody asked to stop. */
  private boolean trained(
      Contender next, JavaSparkContext spark, ComparisonProgress progress, StopSignals signals) {
    try (PlannedRun run = PlannedRun.begin(next.plan(), engineChange, progress)) {
      if (run.train(spark, signals::requested) == Outcome.STOPPED) {
        return false;
      }
      run.remarks().forEach(progress::noted);
      RunRecord record = look(next);
      Report.write(record, Instant.now(), next.plan().directory().report());
    } catch (RuntimeException e) {
      failed(next, spark, progress, e);
    } catch (Exception e) {
      // Spark throws exceptions that its methods do not declare.
      failed(next, spark, progress, new FailedException(ExitCodes.message(e), e));
    }
    return true;
  }

  /** One run that diverges does not take the others with it; a Spark that is gone does. */
  private void failed(
      Contender next, JavaSparkContext spark, ComparisonProgress progress, RuntimeException e) {
    if (spark.sc().isStopped()) {
      throw e;
    }
    String failure = next.run().directoryName() + " failed: " + ExitCodes.message(e);
    progress.gaveUp();
    progress.noted(failure);
    failures.add(failure);
  }

  private RunRecord look(Contender contender) {
    RunRecord record = contender.plan().directory().record();
    Settings settings = contender.run().settings();
    figures.put(
        contender,
        RunFigures.of(
            contender.run().seed(),
            record.events(),
            settings.denseNetwork(),
            contender.plan().directory().trained().state()));
    if (masks.isEmpty() && !record.masks().isEmpty()) {
      masks.put(contender.run().entry(), record.masks());
    }
    return record;
  }

  private void write() {
    Settings first = plan.runs().get(0).run().settings();
    ComparisonFiles.write(
        plan.directory().files(),
        comparison(),
        masks,
        PublishedTables.rowsOf(first.network().name(), first.network().classes()),
        Instant.now());
  }

  private Comparison comparison() {
    List<Comparison.Entry> entries = new ArrayList<>();
    for (ComparisonSettings.Entry entry : plan.settings().entries()) {
      entries.add(
          new Comparison.Entry(
              entry.name(),
              entry.runs().get(0).settings().policy().name(),
              plan.runs().stream()
                  .filter(contender -> contender.run().entry().equals(entry.name()))
                  .filter(figures::containsKey)
                  .map(figures::get)
                  .toList(),
              entry.runs().size()));
    }
    return Comparison.of(
        plan.settings().name(), plan.network(), plan.settings().baseline(), entries);
  }
}
