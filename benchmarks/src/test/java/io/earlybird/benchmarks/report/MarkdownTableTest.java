package io.earlybird.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTableTest {
  @Test
  void hasARuleBelowItsHeader() {
    MarkdownTable table = new MarkdownTable(List.of("a", "b"));
    table.add(List.of("1", "2"));
    assertThat(table).hasToString("| a | b |\n|---|---|\n| 1 | 2 |\n");
  }

  @Test
  void refusesRowsOfAnotherWidth() {
    MarkdownTable table = new MarkdownTable(List.of("a", "b"));
    assertThatThrownBy(() -> table.add(List.of("1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 columns");
  }
}
