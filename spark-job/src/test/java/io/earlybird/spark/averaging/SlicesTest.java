package io.earlybird.spark.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlicesTest {
  @ParameterizedTest(name = "{0} values in {1} ranges")
  @CsvSource({"10, 3", "0, 1", "2, 5", "2000000000, 7"})
  void rangesAreDisjointAndComplete(int length, int count) {
    Slices slices = new Slices(length, count);

    assertThat(slices.from(0)).isZero();
    for (int i = 1; i < count; i++) {
      assertThat(slices.from(i)).isEqualTo(slices.to(i - 1));
    }
    assertThat(slices.to(count - 1)).isEqualTo(length);
  }

  @ParameterizedTest(name = "{0} values, at most {1} each: {2} ranges")
  @CsvSource({"10, 10, 1", "11, 10, 2", "0, 10, 1", "100, 30, 4"})
  void cutsAsOftenAsNeeded(int length, int most, int count) {
    assertThat(Slices.ofAtMost(length, most).count()).isEqualTo(count);
  }
}
