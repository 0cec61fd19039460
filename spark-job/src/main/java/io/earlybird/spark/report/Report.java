package io.earlybird.spark.report;

import io.earlybird.spark.run.RunRecord;
import io.earlybird.spark.store.FileStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The report of a run as one self-contained HTML file. */
public final class Report {
  /** Name of the file. */
  public static final String NAME = "index.html";

  /** Apache ECharts 5.5.0 as the webjar brings it. */
  private static final String CHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";

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

  /** The file's content. */
  static String page(RunRecord run, Instant now) {
    ReportData data = ReportData.of(run, now);
    return resource("report.html")
        .replace("{{title}}", escaped(data.name()))
        .replace(
            "{{refresh}}", data.finished() ? "" : "<meta http-equiv=\"refresh\" content=\"60\">")
        .replace("{{style}}", resource("report.css"))
        .replace("{{data}}", data.json().toString().replace("<", "\\u003c"))
        .replace("{{script}}", resource("report.js"))
        .replace("{{charts}}", resource(CHARTS).replace("</script", "<\\/script"));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static String resource(String name) {
    try (InputStream in = Report.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("Cannot find " + name + " on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name + " from the class path", e);
    }
  }
}
