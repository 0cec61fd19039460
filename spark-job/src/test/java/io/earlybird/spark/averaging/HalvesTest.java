package io.earlybird.spark.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HalvesTest {
  /** IEEE 754-2008, 3.4: (-1)^s * 2^(e - 15) * (1 + m / 1024), and 2^-14 * m / 1024 for e = 0. */
  private static double binary16(int bits) {
    int exponent = (bits >> 10) & 31;
    int significand = bits & 1023;
    double magnitude =
        exponent == 0
            ? Math.scalb((double) significand, -24)
            : Math.scalb(1024.0 + significand, exponent - 25);
    return (bits & 0x8000) == 0 ? magnitude : -magnitude;
  }

  @Test
  void everyFiniteBinary16IsReadAndWritten() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      if ((bits & 0x7c00) != 0x7c00) {
        float value = Halves.fromFloat16((short) bits);
        assertThat((double) value).isEqualTo(binary16(bits));
        assertThat(Halves.float16(value)).isEqualTo((short) bits);
      }
    }
  }

  @Test
  void betweenTwoNeighborsTheNearestIsTakenAndOfATieTheEvenOne() {
    for (int bits = 0; bits < 0x7bff; bits++) {
      float middle = (float) ((binary16(bits) + binary16(bits + 1)) / 2);
      int even = bits + (bits & 1);
      assertThat(Halves.float16(middle)).isEqualTo((short) even);
      assertThat(Halves.float16(Math.nextDown(middle))).isEqualTo((short) bits);
      assertThat(Halves.float16(-Math.nextUp(middle))).isEqualTo((short) (0x8000 | (bits + 1)));
    }
  }

  @Test
  void whatIsTooLargeIsInfiniteAndWhatIsNoNumberStaysNone() {
    assertThat(Halves.float16(65519.99f)).isEqualTo((short) 0x7bff);
    assertThat(Halves.fromFloat16(Halves.float16(65520))).isInfinite();
    assertThat(Halves.fromFloat16(Halves.float16(-1e30f))).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Halves.fromFloat16(Halves.float16(Float.NaN))).isNaN();
  }
}
