package io.earlybird.benchmarks.engines;

import io.earlybird.benchmarks.race.Work;
import io.earlybird.benchmarks.report.MarkdownTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rows as Markdown: one table of ratios, then everything about every contestant. */
final class EngineTable {
  private EngineTable() {}

  static List<String> sections(List<EngineRow> rows) {
    return List.of(
        "Speed-ups over the best libtorch loop of the case: median of the round-by-round ratios (lowest to highest).\n",
        speedUps(rows).toString(),
        "Every contestant: median images/s, CPU milliseconds an image, largest resident memory.\n",
        details(rows).toString());
  }

  private record Place(String network, int batchSize, int threads, Work work) {
    static Place of(EngineRow row) {
      return new Place(row.network(), row.batchSize(), row.threads(), row.work());
    }
  }

  private static MarkdownTable speedUps(List<EngineRow> rows) {
    List<String> others =
        rows.stream()
            .map(EngineRow::contestant)
            .filter(name -> !name.startsWith("libtorch"))
            .distinct()
            .toList();
    List<String> header =
        new ArrayList<>(
            List.of("network", "batch", "threads", "work", "best libtorch", "images/s"));
    others.forEach(name -> header.addAll(List.of(name + " images/s", "ratio")));
    MarkdownTable table = new MarkdownTable(header);
    Map<Place, List<EngineRow>> places = new LinkedHashMap<>();
    rows.forEach(row -> places.computeIfAbsent(Place.of(row), p -> new ArrayList<>()).add(row));
    places.forEach((place, group) -> table.add(cells(place, group, others)));
    return table;
  }

  private static List<String> cells(Place place, List<EngineRow> group, List<String> others) {
    String peer = group.get(0).peer();
    List<String> cells =
        new ArrayList<>(
            List.of(
                "`" + place.network() + "`",
                Integer.toString(place.batchSize()),
                Integer.toString(place.threads()),
                place.work().toString(),
                peer));
    cells.add(
        group.stream()
            .filter(row -> row.contestant().equals(peer))
            .map(row -> number(row.imagesPerSecond()))
            .findFirst()
            .orElse(""));
    for (String name : others) {
      List<EngineRow> own = group.stream().filter(row -> row.contestant().equals(name)).toList();
      cells.add(own.isEmpty() ? "" : number(own.get(0).imagesPerSecond()));
      cells.add(own.isEmpty() ? "" : ratio(own.get(0)));
    }
    return cells;
  }

  private static MarkdownTable details(List<EngineRow> rows) {
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "network",
                "batch",
                "threads",
                "work",
                "contestant",
                "rounds",
                "images/s",
                "CPU ms/image",
                "ratio",
                "peak MiB"));
    for (EngineRow row : rows) {
      table.add(
          List.of(
              "`" + row.network() + "`",
              Integer.toString(row.batchSize()),
              Integer.toString(row.threads()),
              row.work().toString(),
              row.contestant(),
              Integer.toString(row.rounds()),
              number(row.imagesPerSecond()),
              number(1000 * row.cpuSecondsPerImage()),
              ratio(row),
              String.format(Locale.ROOT, "%.0f", row.peakMebibytes())));
    }
    return table;
  }

  private static String ratio(EngineRow row) {
    return Double.isNaN(row.speedUp())
        ? ""
        : String.format(
            Locale.ROOT,
            "**%.2f** (%.2f-%.2f)",
            row.speedUp(),
            row.lowestSpeedUp(),
            row.highestSpeedUp());
  }

  /** Three digits. */
  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }
}
