package io.earlybird.spark.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.pruning.detection.MaskHistory;
import io.earlybird.pruning.mask.Mask;
import io.earlybird.spark.report.Browser;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the page in headless Chromium, where there is one. */
class ComparisonPageTest {
  @TempDir private Path folder;

  @Test
  void tableAndPlotsAreDrawnWithoutErrorsAndNothingIsFetched() throws Exception {
    SortedMap<String, SortedMap<Double, MaskHistory>> masks =
        new TreeMap<>(Map.of("cut", new TreeMap<>(Map.of(0.5, masks()))));
    String html =
        ComparisonPage.of(
            ComparisonTest.example(),
            masks,
            PublishedTables.rowsOf("resnet18", 1000),
            Instant.EPOCH);
    assertThat(html.replaceAll("(?s)<script>.*?</script>", ""))
        .doesNotContain(" src=")
        .doesNotContain("{{");
    String page = Browser.open(html, "1280,900", folder);
    assertThat(Browser.charts(page)).isEqualTo(2);
    assertThat(Browser.drawn(page)).isEqualTo(2);
    assertThat(page)
        .contains("91.00&nbsp;±&nbsp;1.41")
        .contains("1 runs are not finished")
        .contains("1 of 3 entries take fewer training FLOPs than dense")
        .contains("ResNet18");
  }

  @Test
  void aComparisonWithoutRunsSaysSo() throws Exception {
    Comparison none =
        Comparison.of(
            "none", "demo", "dense", List.of(new Comparison.Entry("dense", "dense", List.of(), 2)));
    String html = ComparisonPage.of(none, new TreeMap<>(), List.of(), Instant.EPOCH);
    assertThat(Browser.open(html, "390,800", folder)).contains("No run is finished yet.");
  }

  private static MaskHistory masks() {
    List<Mask> masks = new ArrayList<>();
    for (int epoch = 0; epoch <= 4; epoch++) {
      BitSet kept = new BitSet(8);
      kept.set(epoch, epoch + 4);
      masks.add(Mask.of(kept, 8));
    }
    return new MaskHistory(masks);
  }
}
