package io.earlybird.model.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.quantization.BlockFloatingPoint.Block;
import io.earlybird.model.quantization.BlockFloatingPoint.Range;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockFloatingPointTest {
  private static final BlockFloatingPoint EIGHT = BlockFloatingPoint.ofBits(8);
  private static final float[] EXAMPLE = {.75f, -.3f, .01f, .004f};

  private static float[] rounded(BlockFloatingPoint words, Rounding rounding, float... block) {
    float[] values = block.clone();
    words.round(values, 0, Block.row(values.length), rounding, 0);
    return values;
  }

  private static float[] words(double unit, int... words) {
    float[] values = new float[words.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (words[i] * unit);
    }
    return values;
  }

  private static float[] random(long seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (random.nextDouble(-1, 1) * Math.pow(2, random.nextInt(-9, 9)));
    }
    return values;
  }

  @Test
  void theBlockOfTheSpecificationRoundsToItsWords() {
    assertThat(rounded(EIGHT, Rounding.nearest(), EXAMPLE))
        .containsExactly(.75f, -.296875f, .0078125f, .0078125f)
        .containsExactly(words(0x1p-7, 96, -38, 1, 1));
    assertThat(rounded(BlockFloatingPoint.ofBits(4), Rounding.nearest(), EXAMPLE))
        .containsExactly(words(.125, 6, -2, 0, 0));
  }

  @Test
  void theOffsetDecidesBetweenNeighbors() {
    assertThat(rounded(EIGHT, index -> .9, EXAMPLE)).containsExactly(words(0x1p-7, 96, -38, 2, 1));
    assertThat(rounded(EIGHT, index -> .1, EXAMPLE)).containsExactly(words(0x1p-7, 96, -39, 1, 0));
    float[] drawn = rounded(EIGHT, Rounding.stochastic(3), EXAMPLE);
    for (int i = 0; i < drawn.length; i++) {
      double r = Rounding.stochastic(3).offset(i);
      assertThat((double) drawn[i]).isEqualTo(Math.floor(EXAMPLE[i] * 128.0 + r) / 128);
    }
  }

  @Test
  void valuesJustBelowTheNextPowerOfTwoAreClipped() {
    assertThat(rounded(EIGHT, Rounding.nearest(), .999f, -.999f))
        .containsExactly(words(0x1p-7, 127, -127))
        .containsExactly(.9921875f, -.9921875f);
    assertThat(
            rounded(
                new BlockFloatingPoint(8, Range.TWOS_COMPLEMENT),
                Rounding.nearest(),
                .999f,
                -.999f))
        .containsExactly(words(0x1p-7, 127, -128));
  }

  @Test
  void aVectorHasAnExponentForEachValue() {
    float[] gammas = {.4993f, .75f, -.01f};
    EIGHT.roundSlices(gammas, 0, 3, 1, Rounding.nearest(), 0);
    // .01 = 81.92 * 2^-13
    assertThat(gammas).containsExactly(.49609375f, .75f, -82 * 0x1p-13f);
  }

  @Test
  void slicesOfTheFirstAxisAreBlocks() {
    float[] rows = {.75f, -.3f, 8, 3.03f};
    EIGHT.roundSlices(rows, 0, 2, 2, Rounding.nearest(), 0);
    assertThat(rows).containsExactly(.75f, -.296875f, 8, 3);
  }

  @Test
  void zerosStayAndWhatIsNotFiniteIsLeftForOthersToFind() {
    assertThat(rounded(EIGHT, Rounding.stochastic(1), 0, -0f)).containsExactly(0, -0f);
    assertThat(rounded(EIGHT, Rounding.stochastic(1), 1.001f, Float.NaN))
        .containsExactly(1.001f, Float.NaN);
    assertThat(rounded(EIGHT, Rounding.stochastic(1), 1.001f, Float.NEGATIVE_INFINITY))
        .containsExactly(1.001f, Float.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void errorsAreBoundedAndSignsKept(long seed) {
    float[] values = random(seed, 257);
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    double unit = EIGHT.unit(largest);
    float[] near = rounded(EIGHT, Rounding.nearest(), values);
    float[] drawn = rounded(EIGHT, Rounding.stochastic(seed), values);
    for (int i = 0; i < values.length; i++) {
      if (Math.abs(values[i]) <= 127 * unit) {
        assertThat(Math.abs((double) near[i] - values[i])).isLessThanOrEqualTo(unit / 2);
        assertThat(Math.abs((double) drawn[i] - values[i])).isLessThan(unit);
      }
      assertThat(near[i] * values[i] + 0.0).isNotNegative();
      assertThat(drawn[i] * values[i] + 0.0).isNotNegative();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatIsRoundedStaysWhateverIsDrawnNext(long seed) {
    float[] once = rounded(EIGHT, Rounding.stochastic(seed), random(seed, 300));
    assertThat(rounded(EIGHT, Rounding.stochastic(seed + 100), once)).containsExactly(once);
    assertThat(rounded(EIGHT, Rounding.nearest(), once)).containsExactly(once);
  }

  @ParameterizedTest
  @ValueSource(floats = {.01f, -.3f, .004f, .7501f})
  void theExpectationOfStochasticRoundingIsTheValue(float value) {
    int draws = 100_000;
    double unit = EIGHT.unit(.75);
    double sum = 0;
    for (int i = 0; i < draws; i++) {
      float[] pair = {.75f, value};
      EIGHT.round(pair, 0, Block.row(2), Rounding.stochastic(7), 2L * i);
      sum += pair[1];
    }
    double below = value / unit - Math.floor(value / unit);
    double deviation = unit * Math.sqrt(below * (1 - below) / draws);
    assertThat(sum / draws).isCloseTo(value, within(5 * deviation + 1e-12));
  }

  @Test
  void theOrderInMemoryChangesNoBit() {
    int pixels = 6;
    int channels = 5;
    int width = 8;
    float[] plain = random(11, pixels * channels);
    float[] wide = new float[pixels * width];
    for (int i = 0; i < plain.length; i++) {
      wide[i % pixels * width + i / pixels] = plain[i];
    }
    EIGHT.round(plain, 0, Block.row(plain.length), Rounding.stochastic(5), 40);
    EIGHT.round(wide, 0, new Block(pixels, channels, width), Rounding.stochastic(5), 40);
    for (int i = 0; i < plain.length; i++) {
      assertThat(wide[i % pixels * width + i / pixels]).isEqualTo(plain[i]);
    }
  }

  @Test
  void wordsOfOneBitDoNotExist() {
    assertThatThrownBy(() -> BlockFloatingPoint.ofBits(1))
        .hasMessage("Invalid word length 1: must be in [2, 31]");
  }
}
