package io.earlybird.spark.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WirePrecisionTest {
  private static final float[] BASE = {1, 1, 1, 1};

  @Test
  void float32TravelsUnchanged() {
    float[] values = {1, Float.MIN_VALUE, -0f, Float.NaN};
    byte[] bytes = WirePrecision.FLOAT32.encode(values, BASE, 1, 4);

    assertThat(WirePrecision.FLOAT32.decode(bytes, BASE, 1))
        .isEqualTo(Arrays.copyOfRange(values, 1, 4));
  }

  @Test
  void bfloat16KeepsEightBitsOfTheChangeAndRoundsToEven() {
    // Changes: 1 + 2^-8 is a tie between 1 and 1 + 2^-7, 1 + 3 * 2^-8 between 1 + 2^-7 and 1 +
    // 2^-6.
    float[] values = {2, 2 + 1 / 256f, 2 + 3 / 256f, 1};
    byte[] bytes = WirePrecision.BFLOAT16.encode(values, BASE, 0, 4);

    assertThat(bytes).hasSize(8);
    assertThat(WirePrecision.BFLOAT16.decode(bytes, BASE, 0))
        .containsExactly(2, 2, 2 + 4 / 256f, 1);
  }

  @Test
  void bfloat16DoesNotSwallowSmallChangesOfLargeValues() {
    float[] base = {0, 100};
    float[] values = {0, 100 + 1 / 1024f};
    byte[] bytes = WirePrecision.BFLOAT16.encode(values, base, 1, 2);

    assertThat(WirePrecision.BFLOAT16.decode(bytes, base, 1)).containsExactly(100 + 1 / 1024f);
  }

  @Test
  void bfloat16KeepsNotANumber() {
    byte[] bytes = WirePrecision.BFLOAT16.encode(new float[] {Float.NaN}, BASE, 0, 1);

    assertThat(WirePrecision.BFLOAT16.decode(bytes, BASE, 0)).containsExactly(Float.NaN);
  }
}
