package io.earlybird.spark.compare;

import io.earlybird.pruning.detection.MaskHistory;
import io.earlybird.spark.store.FileStore;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/** The files that a comparison is written to, each atomically. */
public final class ComparisonFiles {
  /** A line for each entry. */
  public static final String ROWS = "comparison.csv";

  /** A line for each run. */
  public static final String RUNS = "runs.csv";

  /** The table for people. */
  public static final String MARKDOWN = "comparison.md";

  /** Table and plots in one file. */
  public static final String PAGE = "index.html";

  private ComparisonFiles() {}

  /**
   * Writes all of them.
   *
   * @param masks of entries whose policy remembers them, by entry and pruning ratio
   * @param published rows of the same network in the papers
   * @param now when it is written
   */
  public static void write(
      FileStore directory,
      Comparison comparison,
      SortedMap<String, SortedMap<Double, MaskHistory>> masks,
      List<PublishedRow> published,
      Instant now) {
    directory.writeText(ROWS, ComparisonText.rows(comparison));
    directory.writeText(RUNS, ComparisonText.runs(comparison));
    directory.writeText(MARKDOWN, ComparisonText.markdown(comparison, published));
    directory.writeText(PAGE, ComparisonPage.of(comparison, masks, published, now));
  }

  /** The table for a terminal. */
  public static String table(Comparison comparison) {
    return ComparisonText.markdown(comparison, List.of());
  }
}
