package io.earlybird.spark.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One HTML file that holds its data, style, script and charts. */
public final class Page {
  /** Apache ECharts 5.5.0 as the webjar brings it. */
  private static final String CHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";

  /** Whether a browser that shows the page loads it again. */
  public enum Loading {
    ONCE(""),
    EACH_MINUTE("<meta http-equiv=\"refresh\" content=\"60\">"),
    /** When its server tells of another version; it also says where the run is. */
    WHEN_TOLD("<script>" + resource(Page.class, "live.js") + "</script>");

    private final String markup;

    Loading(String markup) {
      this.markup = markup;
    }
  }

  private Page() {}

  /**
   * The content of the file.
   *
   * @param owner whose package holds the resources {@code NAME.html}, which goes into {@code
   *     page.html}, and {@code NAME.js}
   * @param name of the resources
   * @param title of the page, as text
   * @param data for the script
   */
  public static String of(
      Class<?> owner, String name, String title, Loading loading, ObjectNode data) {
    return resource(Page.class, "page.html")
        .replace("{{content}}", resource(owner, name + ".html"))
        .replace("{{title}}", escaped(title))
        .replace("{{refresh}}", loading.markup)
        .replace("{{style}}", resource(Page.class, "page.css"))
        .replace("{{data}}", data.toString().replace("<", "\\u003c"))
        .replace("{{shared}}", resource(Page.class, "page.js"))
        .replace("{{script}}", resource(owner, name + ".js"))
        .replace("{{charts}}", resource(Page.class, CHARTS).replace("</script", "<\\/script"));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static String resource(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("Cannot find " + name + " on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name + " from the class path", e);
    }
  }
}
