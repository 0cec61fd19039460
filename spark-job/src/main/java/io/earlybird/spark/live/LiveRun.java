package io.earlybird.spark.live;

import io.earlybird.spark.events.RunListener;
import io.earlybird.spark.events.StatusLine;
import io.earlybird.spark.run.RunDirectory;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.metrics.MetricsSystem;
import org.apache.spark.ui.SparkUI;
import scala.Option;

/**
 * A run in Spark's metrics system, and in Spark's UI where that is wanted, until it is closed.
 *
 * <p>Driver only.
 */
public final class LiveRun implements AutoCloseable {
  private final JavaSparkContext spark;
  private final MetricsSystem metrics;
  private final RunMetrics figures = new RunMetrics();
  private final StatusLine status = new StatusLine();
  private final RunPage page;
  private Optional<RunTab> tab = Optional.empty();

  private LiveRun(JavaSparkContext spark, RunDirectory run) {
    this.spark = spark;
    this.metrics = spark.sc().env().metricsSystem();
    this.page = new RunPage(run::record, status);
  }

  /** Registers the figures of a run. */
  public static LiveRun attach(JavaSparkContext spark, RunDirectory run) {
    LiveRun live = new LiveRun(spark, run);
    live.metrics.registerSource(live.figures);
    return live;
  }

  /** Has to be told what happens in the run. */
  public RunListener listener() {
    return RunListener.all(List.of(figures, status, page));
  }

  /** Adds a tab to Spark's UI, if Spark has one. */
  public void showPage() {
    tab = ui(spark).map(ui -> RunTab.attach(ui, page));
  }

  /** Where the tab is; empty if Spark has no UI. */
  public static Optional<String> address(JavaSparkContext spark) {
    return ui(spark).map(ui -> ui.webUrl() + "/" + RunTab.NAME + "/");
  }

  private static Optional<SparkUI> ui(JavaSparkContext spark) {
    Option<SparkUI> ui = spark.sc().ui();
    return ui.isDefined() ? Optional.of(ui.get()) : Optional.empty();
  }

  @Override
  public void close() {
    tab.ifPresent(RunTab::detach);
    metrics.removeSource(figures);
  }
}
