package io.earlybird.benchmarks.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

class AveragerTest {
  @Option(names = "--contestant")
  private Averager chosen;

  @ParameterizedTest
  @EnumSource
  void isFoundByItsName(Averager averager) {
    CommandLine.populateCommand(this, "--contestant", averager.toString());
    assertThat(chosen).isEqualTo(averager);
  }

  @Test
  void namesTheKnownOnesWhenThereIsNoneOfThatName() {
    assertThatThrownBy(() -> CommandLine.populateCommand(this, "--contestant", "resident"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("resident-dl4j")
        .hasMessageContaining("dl4j-spark-stock");
  }
}
