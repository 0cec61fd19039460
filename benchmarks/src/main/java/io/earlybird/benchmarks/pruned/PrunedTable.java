package io.earlybird.benchmarks.pruned;

import io.earlybird.benchmarks.report.MarkdownTable;
import java.util.List;
import java.util.Locale;

/** Rows as Markdown. */
final class PrunedTable {
  private PrunedTable() {}

  static String of(List<PrunedRow> rows) {
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "engine",
                "p",
                "multiple",
                "images/s whole",
                "images/s cut",
                "speed-up",
                "FLOP reduction",
                "speed-up / FLOP reduction"));
    for (PrunedRow row : rows) {
      table.add(
          List.of(
              row.contestant(),
              Double.toString(row.ratio()),
              Integer.toString(row.channelMultiple()),
              number(row.denseImagesPerSecond()),
              number(row.imagesPerSecond()),
              "%s (%s-%s)"
                  .formatted(
                      number(row.speedUp()),
                      number(row.lowestSpeedUp()),
                      number(row.highestSpeedUp())),
              number(row.flopReduction()),
              "**" + number(row.efficiency()) + "**"));
    }
    return table.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
