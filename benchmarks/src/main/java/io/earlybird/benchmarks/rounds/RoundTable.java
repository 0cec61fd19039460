package io.earlybird.benchmarks.rounds;

import io.earlybird.benchmarks.report.MarkdownTable;
import java.util.List;
import java.util.Locale;

/** Rows as Markdown; sizes in MB of 10^6 bytes. */
final class RoundTable {
  private static final double MEGA = 1e6;

  private RoundTable() {}

  static String of(List<RoundRow> rows) {
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "averaging",
                "network",
                "R",
                "G",
                "wire",
                "overhead s",
                "send",
                "replicas' stage",
                "combining stage",
                "rest",
                "CPU s",
                "engines s",
                "shuffled and sent MB",
                "loopback MB",
                "driver's heap MB",
                "its peak MB"));
    rows.forEach(row -> table.add(cells(row)));
    return table.toString();
  }

  /** What fewer bytes on the wire cost. */
  static String ofErrors(List<WireError> errors) {
    MarkdownTable table =
        new MarkdownTable(List.of("wire", "error of a round's change (RMS)", "largest error"));
    for (WireError error : errors) {
      table.add(List.of(error.wire(), percent(error.relative()), percent(error.largest())));
    }
    return table.toString();
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.4f %%", 100 * fraction);
  }

  private static List<String> cells(RoundRow row) {
    return List.of(
        row.contestant(),
        row.network(),
        Integer.toString(row.replicas()),
        Integer.toString(row.replicasPerTask()),
        row.wire(),
        row.failure().isEmpty() ? "**" + seconds(row.overheadSeconds()) + "**" : row.failure(),
        seconds(row.sendSeconds()),
        seconds(row.replicaStageSeconds()),
        seconds(row.combineStageSeconds()),
        seconds(row.restSeconds()),
        seconds(row.cpuSeconds()),
        seconds(row.engineSeconds()),
        mega(row.movedBytes()),
        mega(row.loopbackBytes()),
        mega(row.liveHeapBytes()),
        mega(row.peakHeapBytes()));
  }

  private static String seconds(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.2f", value);
  }

  private static String mega(double bytes) {
    return Double.isNaN(bytes) ? "" : String.format(Locale.ROOT, "%.0f", bytes / MEGA);
  }
}
