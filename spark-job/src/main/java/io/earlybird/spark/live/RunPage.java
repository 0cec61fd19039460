package io.earlybird.spark.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.RunListener;
import io.earlybird.spark.events.StatusLine;
import io.earlybird.spark.report.Report;
import io.earlybird.spark.run.RunRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Serves the report of a run that goes on, and at {@code progress} where the run is. The report is
 * made when somebody asks for it and something has happened since it was made last.
 */
final class RunPage extends HttpServlet implements RunListener {
  private static final long serialVersionUID = 1;

  private final transient Supplier<RunRecord> run;
  private final transient StatusLine status;
  private final AtomicInteger version = new AtomicInteger();
  private int madeOf = -1;
  private String made = "";

  /**
   * Of a run whose directory is read so.
   *
   * @param status is told what happens before the page is
   */
  RunPage(Supplier<RunRecord> run, StatusLine status) {
    this.run = run;
    this.status = status;
  }

  @Override
  public void happened(Event event) {
    version.incrementAndGet();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getPathInfo() == null ? "/" : request.getPathInfo();
    switch (path) {
      case "/" -> send(response, "text/html", page());
      case "/progress" -> send(response, "application/json", progress());
      default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  /** Would send back what a browser keeps from scripts. */
  @Override
  protected void doTrace(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
  }

  /** The version is looked at first: what is read afterwards is that or newer. */
  private synchronized String page() {
    int newest = version.get();
    if (madeOf != newest) {
      made = Report.livePage(run.get(), Instant.now(), newest);
      madeOf = newest;
    }
    return made;
  }

  private String progress() {
    StatusLine.Status now = status.status();
    return JsonNodeFactory.instance
        .objectNode()
        .put("version", version.get())
        .put("status", now.text())
        .put("done", now.done())
        .toString();
  }

  private static void send(HttpServletResponse response, String type, String content)
      throws IOException {
    response.setContentType(type);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.getWriter().write(content);
  }
}
