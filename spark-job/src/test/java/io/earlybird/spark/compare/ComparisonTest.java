package io.earlybird.spark.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.spark.store.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  private static final Offset<Double> EXACT = within(1e-12);

  /** Two seeds of a dense entry at 100 and 140 images/s, one of two of a cut and a masked one. */
  static Comparison example() {
    return Comparison.of(
        "hand",
        "demo on 60 images",
        "dense",
        List.of(
            new Comparison.Entry(
                "dense",
                "dense",
                List.of(
                    Runs.figures(1, 0.90, 2e12, 100, Double.NaN),
                    Runs.figures(2, 0.92, 2e12, 140, Double.NaN)),
                2),
            new Comparison.Entry(
                "cut", "early-bird", List.of(Runs.figures(1, 0.89, 1e12, 300, 150)), 2),
            new Comparison.Entry(
                "masked", "imp", List.of(Runs.figures(1, 0.85, 2e12, 108, Double.NaN)), 1)));
  }

  @Test
  void meansAndDeviationsAreThoseOverTheSeeds() {
    Row dense = example().rows().get(0);
    assertThat(dense.top1().mean()).isCloseTo(0.91, EXACT);
    assertThat(dense.top1().deviation()).isCloseTo(Math.sqrt(0.0002), EXACT);
    assertThat(dense.drop().mean()).isNaN();
    assertThat(example().rows().get(1).top1().deviation()).isNaN();
    assertThat(example().missing()).isEqualTo(1);
  }

  @Test
  void aCutRunIsItsOwnMeasureAndAMaskedOneIsMeasuredAgainstTheBaseline() {
    List<Row> rows = example().rows();
    assertThat(rows.get(1).measuredSpeedUp().mean()).isCloseTo(2, EXACT);
    assertThat(rows.get(2).measuredSpeedUp().mean()).isCloseTo(108 / 120.0, EXACT);
    assertThat(rows.get(0).measuredSpeedUp().mean()).isCloseTo(1, EXACT);
  }

  @Test
  void theCsvHoldsFractionsAndLeavesOutWhatThereIsNot() {
    List<String> lines = ComparisonText.rows(example()).lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0))
        .startsWith("entry,policy,runs,top1,top1_deviation,swa_top1,swa_top1_deviation,training_")
        .contains("drop,drop_deviation");
    assertThat(lines.get(2))
        .isEqualTo(
            "cut,early-bird,1,0.89,,,,1000000000000,,2,,30,,0.5,,2,,2,,,,,,4,"); // no drop, no
    // epoch
    assertThat(lines).allMatch(line -> line.split(",", -1).length == 25);
  }

  @Test
  void theCsvOfTheRunsHasALineForEach() {
    List<String> lines = ComparisonText.runs(example()).lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(3))
        .startsWith("cut,early-bird,1,4,,0.89,,1000000000000,2,30,0.5,2,300,150,");
    assertThat(lines).allMatch(line -> line.split(",", -1).length == 15);
  }

  @Test
  void theTableShowsMeansWithTheirDeviationsAndMissingRuns() {
    String table = ComparisonText.markdown(example(), List.of());
    assertThat(table)
        .contains("| entry | policy | runs | top-1 % | training FLOPs |")
        .contains(
            "| dense | dense | 2 | 91.00 ± 1.41 | 2.00e+12 | 2.00 | 30 | 50.0 | 2.00 | 1.00 ± 0.24 |")
        .contains("| cut | early-bird | 1 of 2 | 89.00 | 1.00e+12 |")
        .doesNotContain("You et al.")
        .doesNotContain("SWA");
  }

  @Test
  void theMeanOverEpochsHasAColumnWhereAnEntryHasOne() {
    RunFigures dense = Runs.averaged(0.9, 0.95);
    RunFigures plain = Runs.figures(1, 0.85, 2e12, 100, Double.NaN);
    Comparison comparison =
        Comparison.of(
            "means",
            "demo",
            "dense",
            List.of(
                new Comparison.Entry("dense", "dense", List.of(dense), 1),
                new Comparison.Entry("masked", "imp", List.of(plain), 1)));
    assertThat(ComparisonText.markdown(comparison, List.of()))
        .contains("| entry | policy | runs | top-1 % | top-1 of the mean (SWA) % | training")
        .contains("Top-1 of the mean (SWA) is")
        .contains("| dense | dense | 1 | 90.00 | 95.00 |")
        .contains("| masked | imp | 1 | 85.00 | - |");
  }

  @Test
  void allFilesAreWritten(@TempDir Path folder) throws Exception {
    FileStore store = FileStore.at(folder.toUri().toString(), new Configuration());
    List<PublishedRow> published = PublishedTables.rowsOf("resnet18", 1000);
    ComparisonFiles.write(store, example(), new TreeMap<>(), published, Instant.EPOCH);
    assertThat(store.list())
        .containsExactly("comparison.csv", "comparison.md", "index.html", "runs.csv");
    assertThat(Files.readString(folder.resolve("comparison.md")))
        .contains("| ResNet18 | ImageNet | EB Train | 30 | 68.28 | 952.46 | 952.46 |");
  }
}
