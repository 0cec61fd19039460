package io.earlybird.spark.report;

import io.earlybird.spark.events.EpochEvent;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.RunListener;
import io.earlybird.spark.run.RunDirectory;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the report of a run up to date: it is written after each epoch and at the end. A report
 * that cannot be written is logged and does not stop the run.
 */
public final class ReportRefresher implements RunListener {
  private static final Logger LOG = LoggerFactory.getLogger(ReportRefresher.class);

  private final RunDirectory run;
  private final InstantSource clock;

  /** Of the run in that directory. */
  public ReportRefresher(RunDirectory run, InstantSource clock) {
    this.run = run;
    this.clock = clock;
  }

  @Override
  public void happened(Event event) {
    if (event instanceof EpochEvent) {
      refresh();
    }
  }

  private void refresh() {
    try {
      Report.write(run.record(), clock.instant(), run.report());
    } catch (RuntimeException e) {
      LOG.warn("Cannot write the report of {}: {}", run.uri(), e.toString());
    }
  }
}
