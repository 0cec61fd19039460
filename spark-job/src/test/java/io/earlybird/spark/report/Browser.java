package io.earlybird.spark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Headless Chromium, where there is one; a test that opens a page is skipped elsewhere. */
public final class Browser {
  private static final Pattern CHART = Pattern.compile("class=\"chart\"");
  private static final Pattern DRAWN = Pattern.compile("data-drawn=\"true\"");

  private Browser() {}

  /**
   * What the scripts of a page have made of its body; fails if they complained.
   *
   * @param window width and height
   * @param folder for files
   */
  public static String open(String html, String window, Path folder)
      throws IOException, InterruptedException {
    Optional<Path> chromium = chromium();
    assumeTrue(chromium.isPresent(), "no chromium on this machine");
    Path file = folder.resolve("index.html");
    Files.writeString(file, html);
    Path dom = folder.resolve("dom.html");
    Path log = folder.resolve("log");
    Process browser =
        new ProcessBuilder(
                chromium.get().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=" + window,
                "--virtual-time-budget=20000",
                "--enable-logging=stderr",
                "--dump-dom",
                file.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertThat(browser.waitFor(5, TimeUnit.MINUTES)).as("the browser ends").isTrue();
    } finally {
      browser.destroyForcibly();
    }
    assertThat(Files.readString(log)).doesNotContain("CONSOLE");
    String page = Files.readString(dom);
    // the scripts themselves speak of charts
    return page.substring(page.indexOf("<body>"), page.indexOf("id=\"data\""));
  }

  /** Number of places for plots. */
  public static int charts(String page) {
    return (int) CHART.matcher(page).results().count();
  }

  /** Number of plots that are drawn. */
  public static int drawn(String page) {
    return (int) DRAWN.matcher(page).results().count();
  }

  private static Optional<Path> chromium() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(
            place ->
                List.of("chromium", "chromium-browser", "google-chrome").stream()
                    .map(name -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
