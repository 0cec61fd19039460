package io.earlybird.spark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.earlybird.spark.run.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the report in headless Chromium, where there is one. */
class ReportInBrowserTest {
  private static final int PLOTS_OF_A_WHOLE_RUN = 12;
  private static final Pattern CHART = Pattern.compile("class=\"chart\"");
  private static final Pattern DRAWN = Pattern.compile("data-drawn=\"true\"");

  @TempDir private Path folder;

  @Test
  void aWholeRunIsDrawnWithoutErrors() throws Exception {
    String page = open(RunRecords.after(90), "1280,900");
    assertThat(CHART.matcher(page).results()).hasSize(PLOTS_OF_A_WHOLE_RUN);
    assertThat(DRAWN.matcher(page).results()).hasSize(PLOTS_OF_A_WHOLE_RUN);
    assertThat(page).contains("best 77.37 % after epoch 90");
  }

  @Test
  void aRunThatHasJustBegunIsDrawnWithoutErrorsOnATelephone() throws Exception {
    String page = open(RunRecords.after(1), "390,800");
    int plots = (int) CHART.matcher(page).results().count();
    assertThat(plots).isGreaterThan(4);
    assertThat(DRAWN.matcher(page).results()).hasSize(plots);
  }

  @Test
  void aRunWithoutAnEpochSaysSo() throws Exception {
    assertThat(open(RunRecords.after(0), "1280,900")).contains("No epoch has ended yet.");
  }

  private String open(RunRecord run, String window) throws IOException, InterruptedException {
    Optional<Path> chromium = chromium();
    assumeTrue(chromium.isPresent(), "no chromium on this machine");
    Path file = folder.resolve("index.html");
    Files.writeString(file, Report.page(run, Instant.EPOCH));
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
