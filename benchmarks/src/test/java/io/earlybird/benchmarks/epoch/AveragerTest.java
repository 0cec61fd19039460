package io.earlybird.benchmarks.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AveragerTest {
  @ParameterizedTest
  @EnumSource
  void isFoundByItsName(Averager averager) {
    assertThat(Averager.of(averager.label())).isEqualTo(averager);
  }

  @Test
  void namesTheKnownOnesWhenThereIsNoneOfThatName() {
    assertThatThrownBy(() -> Averager.of("resident"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("resident-dl4j")
        .hasMessageContaining("dl4j-spark-stock");
  }
}
