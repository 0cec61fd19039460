package io.earlybird.benchmarks.epoch;

import io.earlybird.benchmarks.report.MarkdownTable;
import java.util.List;
import java.util.Locale;

/** Rows as Markdown. */
final class EpochTable {
  private EpochTable() {}

  static String of(List<EpochRow> rows, int images) {
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "averaging",
                "epochs",
                "s/epoch",
                "images/s",
                "compute",
                "data",
                "broadcast",
                "average",
                "speed-up over dl4j-spark"));
    for (EpochRow row : rows) {
      table.add(
          List.of(
              row.contestant(),
              Integer.toString(row.epochs()),
              number(row.seconds()),
              number(images / row.seconds()),
              row.split() ? number(row.compute()) : "",
              row.split() ? number(row.data()) : "",
              row.split() ? number(row.broadcast()) : "",
              row.split() ? number(row.average()) : "",
              Double.isNaN(row.speedUp()) ? "" : "**" + number(row.speedUp()) + "**"));
    }
    return table.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
