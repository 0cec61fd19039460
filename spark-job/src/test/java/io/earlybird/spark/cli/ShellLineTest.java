package io.earlybird.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ShellLineTest {
  @Test
  void wordsOfPathsAndUrisStayAsTheyAre() {
    assertThat(ShellLine.earlybird("evaluate", "--data", "hdfs://h:8020/a_b-c.d"))
        .endsWith("earlybird evaluate --data hdfs://h:8020/a_b-c.d");
  }

  @Test
  void aShellReadsTheWordsThatWereMeant() throws Exception {
    String[] words = {"it's", "a  b", "$HOME", "", "*", "\"", "~"};
    StringBuilder line = new StringBuilder("for word in");
    for (String word : words) {
      line.append(' ').append(ShellLine.quoted(word));
    }
    line.append("; do echo \"$word|\"; done");
    Process shell = new ProcessBuilder("sh", "-c", line.toString()).start();
    String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(read).isEqualTo(String.join("|\n", words) + "|\n");
  }
}
