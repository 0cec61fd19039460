package io.earlybird.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarlybirdTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "shard",
        "verify-shards",
        "evaluate",
        "predict",
        "inspect",
        "bench",
        "doctor"
      })
  void everyCommandExplainsItself(String command) {
    CommandLineRun run = CommandLineRun.of(command, "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Usage: earlybird " + command);
  }

  @Test
  void wrongUsageEndsWithTwoAndOneMessage() {
    CommandLineRun run = CommandLineRun.of("train", "--nonsense");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines())
        .containsExactly("earlybird: Unknown option: '--nonsense'", "see earlybird train --help");
  }

  @Test
  void aMissingCommandEndsWithTwo() {
    assertThat(CommandLineRun.of().exitCode()).isEqualTo(2);
    assertThat(CommandLineRun.of("shard").exitCode()).isEqualTo(2);
  }

  @Test
  void errorsHaveNoStackTraceUnlessItIsWanted() {
    CommandLineRun quiet = CommandLineRun.of("inspect", "--network", "resnet51");
    assertThat(quiet.exitCode()).isEqualTo(2);
    assertThat(quiet.err()).startsWith("earlybird: ").contains("resnet51").doesNotContain("\tat ");
    CommandLineRun verbose = CommandLineRun.of("--verbose", "inspect", "--network", "resnet51");
    assertThat(verbose.err()).contains("\tat ");
    assertThat(CommandLineRun.of("inspect", "--network", "resnet51", "--verbose").err())
        .contains("\tat ");
  }

  @Test
  void theVersionIsShown() {
    assertThat(CommandLineRun.of("--version").out()).startsWith("earlybird ");
  }
}
