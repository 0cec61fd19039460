package io.earlybird.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earlybird.spark.events.EventJson;
import io.earlybird.spark.run.RunRecord;
import io.earlybird.spark.store.FileStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final int LARGEST_FILE = 5_000_000;

  @Test
  void ninetyEpochsOfResNet50StayBelowFiveMegabytes(@TempDir Path folder) throws IOException {
    FileStore store = FileStore.at(folder.toUri().toString(), new Configuration());
    assertThat(Report.write(RunRecords.after(90), NOW, store)).endsWith("/index.html");
    assertThat(Files.size(folder.resolve("index.html"))).isBetween(1_000_000L, (long) LARGEST_FILE);
  }

  @Test
  void thePageNeedsNothingFromOutside() {
    String page = Report.page(RunRecords.after(3), NOW);
    String markup = page.replaceAll("(?s)<script>.*?</script>", "");
    assertThat(markup.length()).isLessThan(page.length() / 2);
    assertThat(markup).doesNotContain(" src=").doesNotContain("@import").doesNotContain("{{");
    assertThat(markup).doesNotContainPattern("<link[^>]*href=\"(?!data:)");
  }

  @Test
  void theDataOnThePageAreTheEventsOfTheRun() throws IOException {
    RunRecord run = RunRecords.after(90);
    JsonNode data = data(Report.page(run, NOW));
    assertThat(data.path("events")).hasSize(run.events().size());
    for (int i = 0; i < run.events().size(); i++) {
      assertThat(EventJson.read(data.path("events").get(i))).isEqualTo(run.events().get(i));
    }
  }

  @Test
  void aMatrixHoldsTheDistanceOfEachPairOfMasks() throws IOException {
    RunRecord run = RunRecords.after(90);
    JsonNode matrix = data(Report.page(run, NOW)).at("/matrices/0.5");
    assertThat(matrix).hasSize(RunRecords.SWITCH);
    double distance =
        run.masks().get(0.5).masks().get(3).distance(run.masks().get(0.5).masks().get(12));
    assertThat(matrix.get(2).get(11).asDouble()).isCloseTo(distance, within());
    assertThat(matrix.get(11).get(2)).isEqualTo(matrix.get(2).get(11));
    assertThat(matrix.get(5).get(5).asDouble()).isZero();
  }

  @Test
  void aRunThatIsGoingOnIsLoadedAgainAndOneThatHasEndedIsNot() {
    assertThat(Report.page(RunRecords.after(3), NOW)).contains("http-equiv=\"refresh\"");
    assertThat(Report.page(RunRecords.after(90), NOW)).doesNotContain("http-equiv=\"refresh\"");
  }

  @Test
  void aNameThatLooksLikeMarkupStaysText() throws IOException {
    String page = Report.page(RunRecords.after(1, "</script><b>x</b>"), NOW);
    assertThat(page).doesNotContain("<b>x</b>");
    assertThat(data(page).at("/run/name").asText()).isEqualTo("</script><b>x</b>");
  }

  /** Distances are shown to four digits. */
  private static Offset<Double> within() {
    return Offset.offset(5e-5);
  }

  private static JsonNode data(String page) throws IOException {
    String begin = "<script type=\"application/json\" id=\"data\">";
    int from = page.indexOf(begin) + begin.length();
    String json = page.substring(from, page.indexOf("</script>", from));
    return new ObjectMapper().readTree(json.getBytes(StandardCharsets.UTF_8));
  }
}
