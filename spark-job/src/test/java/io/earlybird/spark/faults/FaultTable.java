package io.earlybird.spark.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The faults of all trainings with what became of them, in Markdown. */
final class FaultTable {
  private static final String HEAD =
      """
      | # | fault | phase | at | injected after | recovered | seconds lost |
      |---|---|---|---|---|---|---|
      """;

  private final List<String> rows = new ArrayList<>();

  void add(List<Struck> struck) {
    struck.forEach(each -> rows.add(each.row(rows.size() + 1)));
  }

  int size() {
    return rows.size();
  }

  String text() {
    return HEAD + String.join("\n", rows) + "\n";
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text());
  }
}
