package io.earlybird.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** A Markdown table that grows row by row. */
public final class MarkdownTable {
  private final int columns;
  private final List<String> lines = new ArrayList<>();

  /** An empty table. */
  public MarkdownTable(List<String> header) {
    this.columns = header.size();
    lines.add(line(header));
    lines.add("|" + String.join("|", Collections.nCopies(columns, "---")) + "|");
  }

  /**
   * Appends a row.
   *
   * @throws IllegalArgumentException if it has another number of cells than the header
   */
  public void add(List<String> cells) {
    if (cells.size() != columns) {
      throw new IllegalArgumentException(
          "Invalid row " + cells + ": the table has " + columns + " columns");
    }
    lines.add(line(cells));
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
