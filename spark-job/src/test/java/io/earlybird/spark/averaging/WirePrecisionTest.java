package io.earlybird.spark.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WirePrecisionTest {
  private static final float[] BASE = {1, 1, 1, 1};

  @Test
  void float32TravelsUnchanged() {
    float[] values = {1, Float.MIN_VALUE, -0f, Float.NaN};

    assertThat(travelled(WirePrecision.FLOAT32, values, new float[0])).isEqualTo(values);
  }

  @Test
  void bfloat16KeepsEightBitsOfTheChangeAndRoundsToEven() {
    // Changes: 1 + 2^-8 is a tie between 1 and 1 + 2^-7, 1 + 3 * 2^-8 between 1 + 2^-7 and 1 +
    // 2^-6.
    float[] values = {2, 2 + 1 / 256f, 2 + 3 / 256f, 1};

    assertThat(travelled(WirePrecision.BFLOAT16, values, BASE))
        .containsExactly(2, 2, 2 + 4 / 256f, 1);
  }

  @Test
  void float16KeepsElevenBitsOfTheChangeAndRoundsToEven() {
    float[] values = {2, 2 + 1 / 2048f, 2 + 3 / 2048f, 1 + 1 / 8192f};

    assertThat(travelled(WirePrecision.FLOAT16, values, BASE))
        .containsExactly(2, 2, 2 + 4 / 2048f, 1 + 1 / 8192f);
  }

  @ParameterizedTest
  @EnumSource(names = {"BFLOAT16", "FLOAT16"})
  void twoBytesDoNotSwallowSmallChangesOfLargeValues(WirePrecision wire) {
    assertThat(travelled(wire, new float[] {100 + 1 / 1024f}, new float[] {100}))
        .containsExactly(100 + 1 / 1024f);
  }

  @ParameterizedTest
  @EnumSource(names = {"BFLOAT16", "FLOAT16"})
  void twoBytesKeepNotANumber(WirePrecision wire) {
    assertThat(travelled(wire, new float[] {Float.NaN}, BASE)).containsExactly(Float.NaN);
  }

  /** There and back, behind three bytes of something else. */
  private static float[] travelled(WirePrecision wire, float[] values, float[] base) {
    byte[] bytes = new byte[values.length * wire.bytes()];
    wire.encode(values, base, values.length, bytes);
    byte[] arrived = new byte[bytes.length + 3];
    System.arraycopy(bytes, 0, arrived, 3, bytes.length);
    float[] back = new float[values.length];
    wire.decode(arrived, 3, base, back.length, back);
    return back;
  }
}
