package io.earlybird.spark.report;

import io.earlybird.spark.run.RunRecord;
import io.earlybird.spark.store.FileStore;
import java.time.Instant;

/** The report of a run as one self-contained HTML file. */
public final class Report {
  /** Name of the file. */
  public static final String NAME = "index.html";

  private Report() {}

  /**
   * Writes {@value #NAME} atomically.
   *
   * @param run what to show
   * @param now when it is shown
   * @param directory to write to
   * @return URI of the file
   */
  public static String write(RunRecord run, Instant now, FileStore directory) {
    directory.writeText(NAME, page(run, now));
    return directory.uri() + "/" + NAME;
  }

  /**
   * A page for whoever serves it while the run goes on: it asks {@code progress}, relative to its
   * own URI, for a JSON object with {@code version}, {@code status} (a line of text) and {@code
   * done} (a fraction), and loads itself again when the version is another than its own.
   */
  public static String livePage(RunRecord run, Instant now, int version) {
    ReportData data = ReportData.of(run, now);
    return Page.of(
        Report.class,
        "report",
        data.name(),
        Page.Loading.WHEN_TOLD,
        data.json().put("version", version));
  }

  /** The file's content. */
  static String page(RunRecord run, Instant now) {
    ReportData data = ReportData.of(run, now);
    return Page.of(
        Report.class,
        "report",
        data.name(),
        data.finished() ? Page.Loading.ONCE : Page.Loading.EACH_MINUTE,
        data.json());
  }
}
