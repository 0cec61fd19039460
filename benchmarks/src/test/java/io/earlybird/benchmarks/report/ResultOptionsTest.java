package io.earlybird.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ResultOptionsTest {
  @Command(name = "measure")
  private static final class Measuring {
    @Mixin private ResultOptions files;
  }

  private static Path markdown(String... arguments) {
    Measuring command = new Measuring();
    new CommandLine(command).parseArgs(arguments);
    return command.files.results().markdown();
  }

  @Test
  void resultsAreNamedAfterTheirCommandIfNothingElseIsSaid() {
    assertThat(markdown()).isEqualTo(Path.of("benchmarks/target/results/measure.md"));
    assertThat(markdown("--name", "round", "--output", "out")).isEqualTo(Path.of("out/round.md"));
  }
}
