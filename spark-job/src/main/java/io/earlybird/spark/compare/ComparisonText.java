package io.earlybird.spark.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A comparison as CSV for programs and as Markdown for people. */
final class ComparisonText {
  private ComparisonText() {}

  /** A line for each entry: mean and deviation of every column, fractions as fractions. */
  static String rows(Comparison comparison) {
    StringBuilder text = new StringBuilder("entry,policy,runs");
    for (Column column : Column.ALL) {
      text.append(',').append(column.key()).append(',').append(column.key()).append("_deviation");
    }
    text.append('\n');
    for (Row row : comparison.rows()) {
      text.append(row.entry()).append(',').append(row.policy()).append(',');
      text.append(row.runs().size());
      for (Column column : Column.ALL) {
        Spread spread = column.of(row);
        text.append(',').append(number(spread.mean()));
        text.append(',').append(number(spread.deviation()));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** A line for each run. */
  static String runs(Comparison comparison) {
    StringBuilder text =
        new StringBuilder(
            "entry,policy,seed,epochs,pruned_after,top1,swa_top1,training_flops,modelled_joule,"
                + "seconds,sparsity,theoretical_speed_up,images_per_second,images_per_second_before,drop\n");
    for (Row row : comparison.rows()) {
      for (RunFigures run : row.runs()) {
        text.append(row.entry()).append(',').append(row.policy()).append(',').append(run.seed());
        for (double figure :
            new double[] {
              run.epochs(),
              run.prunedAfter(),
              run.top1(),
              run.swaTop1(),
              run.trainingFlops(),
              run.modelledJoule(),
              run.seconds(),
              run.sparsity(),
              run.theoreticalSpeedUp(),
              run.imagesPerSecond(),
              run.imagesPerSecondBefore(),
              run.drop()
            }) {
          text.append(',').append(number(figure));
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  /** The table, and the published rows of the network where there are any. */
  static String markdown(Comparison comparison, List<PublishedRow> published) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(header(comparison));
    lines.addAll(cells(comparison));
    String text =
        "# "
            + comparison.name()
            + "\n\n"
            + comparison.network()
            + "; mean ± standard deviation over the seeds. "
            + Explanation.of(comparison)
            + "\n\n"
            + table(lines);
    return published.isEmpty() ? text : text + "\n" + published(published);
  }

  /** Titles of the table for people. */
  static List<String> header(Comparison comparison) {
    List<String> header = new ArrayList<>(List.of("entry", "policy", "runs"));
    for (Column column : Column.shown(comparison.rows())) {
      header.add(column.title());
    }
    return header;
  }

  /** A line for each entry under {@link #header}. */
  static List<List<String>> cells(Comparison comparison) {
    List<Column> columns = Column.shown(comparison.rows());
    return comparison.rows().stream().map(row -> cells(row, columns)).toList();
  }

  private static List<String> cells(Row row, List<Column> columns) {
    List<String> cells =
        new ArrayList<>(
            List.of(
                row.entry(),
                row.policy(),
                row.runs().size() == row.expected()
                    ? Integer.toString(row.expected())
                    : row.runs().size() + " of " + row.expected()));
    for (Column column : columns) {
      cells.add(column.text(row));
    }
    return cells;
  }

  private static String published(List<PublishedRow> published) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "model",
            "data",
            "method",
            "ratio %",
            "top-1 %",
            "FLOPs P, printed",
            "FLOPs P, recomputed",
            "energy J, printed",
            "energy J, modelled"));
    for (PublishedRow row : published) {
      lines.add(
          List.of(
              row.model(),
              row.dataset(),
              row.method(),
              row.percent(),
              String.format(Locale.ROOT, "%.2f", row.top1()),
              String.format(Locale.ROOT, "%.2f", row.petaFlops()),
              known(row, "%.2f", row.recomputedPetaFlops()),
              String.format(Locale.ROOT, "%.4g", row.joule()),
              known(row, "%.4g", row.modelledJoule())));
    }
    return "## The same in You et al. 2020 (arXiv 1909.11957)\n\n" + table(lines);
  }

  private static String known(PublishedRow row, String format, double value) {
    return row.known() ? String.format(Locale.ROOT, format, value) : "-";
  }

  private static String table(List<List<String>> lines) {
    String rule = "|" + String.join("|", Collections.nCopies(lines.get(0).size(), "---")) + "|";
    List<String> text =
        new ArrayList<>(
            lines.stream().map(line -> "| " + String.join(" | ", line) + " |").toList());
    text.add(1, rule);
    return text.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  /** Empty if there is no such figure. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
