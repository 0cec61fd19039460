package io.earlybird.engine.dl4j.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Bfloat16Test {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    // 1 + 2^-8 lies between 1 and 1 + 2^-7, whose significand is odd
    "1.00390625, 1",
    "1.0039064, 1.0078125",
    // 1 + 3 * 2^-8 lies between 1 + 2^-7 and 1 + 2^-6, whose significand is even
    "1.01171875, 1.015625",
    "-1.00390625, -1",
    "-3.1415927, -3.140625",
    "1e-40, 1.01e-40",
    "3.4028235e38, Infinity",
    "-Infinity, -Infinity",
    "0, 0"
  })
  void roundsToTheNearestAndOfTwoToTheEven(float value, float expected) {
    float rounded = Bfloat16.widen(Bfloat16.round(value));
    assertThat(rounded).isEqualTo(Bfloat16.widen(Bfloat16.round(expected)));
    if (Math.abs(expected) >= Float.MIN_NORMAL || expected == 0) {
      assertThat(rounded).isEqualTo(expected);
    }
  }

  @Test
  void keepsTheSignOfZero() {
    assertThat(Bfloat16.round(-0f)).isEqualTo(Short.MIN_VALUE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x7fc00000, 0x7f800001, 0x7fffffff, 0xffffffff})
  void keepsWhatIsNotANumber(int bits) {
    assertThat(Bfloat16.widen(Bfloat16.round(Float.intBitsToFloat(bits)))).isNaN();
  }

  @Test
  void everyBfloat16IsItself() {
    for (int bits = Short.MIN_VALUE; bits <= Short.MAX_VALUE; bits++) {
      float value = Bfloat16.widen((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(Bfloat16.round(value)).isEqualTo((short) bits);
      }
    }
  }

  @Test
  void convertsWholeBuffersOfOddLength() {
    int length = 5001;
    Random random = new Random(1);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    ShortBuffer rounded = ShortBuffer.allocate(length);
    Bfloat16.round(FloatBuffer.wrap(values), rounded);
    float[] widened = new float[length];
    Bfloat16.widen(rounded, widened);
    for (int i = 0; i < length; i++) {
      assertThat(widened[i]).isEqualTo(Bfloat16.widen(Bfloat16.round(values[i])));
      // half a unit in the last of 8 bits
      assertThat(Math.abs(widened[i] - values[i])).isLessThanOrEqualTo(Math.abs(values[i]) / 256);
    }
  }
}
