package io.earlybird.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.run.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the report in headless Chromium, where there is one. */
class ReportInBrowserTest {
  private static final int PLOTS_OF_A_WHOLE_RUN = 12;

  @TempDir private Path folder;

  @Test
  void aWholeRunIsDrawnWithoutErrors() throws Exception {
    String page = open(RunRecords.after(90), "1280,900");
    assertThat(Browser.charts(page)).isEqualTo(PLOTS_OF_A_WHOLE_RUN);
    assertThat(Browser.drawn(page)).isEqualTo(PLOTS_OF_A_WHOLE_RUN);
    assertThat(page).contains("best 77.37 % after epoch 90");
  }

  @Test
  void whatPruningsTakeAndWhatAMeanOverEpochsHasIsTold() throws Exception {
    String page = open(RunRecords.masked(), "1280,900");
    assertThat(Browser.drawn(page)).isEqualTo(Browser.charts(page));
    assertThat(page)
        .contains("47.22 %</div><div class=\"detail\">after the last pruning; 52.22 % before it")
        .contains("90.00 %</div><div class=\"detail\">gmp: 100 of 1,000 weights are active")
        .contains("20.00</div><div class=\"detail\">44.29 % to 24.29 % after epoch 2")
        .contains("2 of 3 prunings lower top-1 before training goes on, at most by 20.00 points")
        .contains("the mean over 2 epochs (SWA) has 81.00 %");
  }

  @Test
  void aRunThatHasJustBegunIsDrawnWithoutErrorsOnATelephone() throws Exception {
    String page = open(RunRecords.after(1), "390,800");
    assertThat(Browser.charts(page)).isGreaterThan(4);
    assertThat(Browser.drawn(page)).isEqualTo(Browser.charts(page));
  }

  @Test
  void aRunWithoutAnEpochSaysSo() throws Exception {
    assertThat(open(RunRecords.after(0), "1280,900")).contains("No epoch has ended yet.");
  }

  private String open(RunRecord run, String window) throws IOException, InterruptedException {
    return Browser.open(Report.page(run, Instant.EPOCH), window, folder);
  }
}
