package io.earlybird.pruning.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.Parameters;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelRankingTest {
  /** The example of specification 1.5. */
  private static final float[] EXAMPLE = {
    0.50f, -0.10f, 0.30f, 0.05f, -0.40f, 0.20f, 0.30f, 0.60f, -0.02f, 0.45f
  };

  private static String mask(float[] gammas, double ratio, MaskRule rule) {
    return ChannelRanking.of(Scores.of(gammas)).mask(ratio, rule).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "0.3, STRICT_THRESHOLD, 1010101101",
    "0.3, EXACT_K, 1010111101",
    "0.5, STRICT_THRESHOLD, 1000100101",
    "0.5, EXACT_K, 1000101101",
    "0.7, STRICT_THRESHOLD, 1000000100",
    "0.7, EXACT_K, 1000000101"
  })
  void workedExampleOfTheSpecification(double ratio, MaskRule rule, String expected) {
    assertThat(mask(EXAMPLE, ratio, rule)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"4224, 0.7, 2956", "7408, 0.7, 5185"})
  void rankIsTheTruncatedProductOfDoubles(int channels, double ratio, int rank) {
    float[] gammas = new float[channels];
    for (int i = 0; i < channels; i++) {
      gammas[i] = i + 1;
    }
    ChannelRanking ranking = ChannelRanking.of(Scores.of(gammas));
    assertThat(ranking.mask(ratio, MaskRule.STRICT_THRESHOLD).keptCount())
        .isEqualTo(channels - rank - 1);
    assertThat(ranking.mask(ratio, MaskRule.EXACT_K).keptCount()).isEqualTo(channels - rank);
  }

  @Test
  void equalGammasGiveAnEmptyStrictMaskForEveryRatio() {
    Network network = Networks.named("demo");
    Parameters fresh = Initialization.draw(network, 1);
    ChannelRanking ranking = ChannelRanking.of(ChannelScores.of(network, fresh));
    for (double ratio : new double[] {0, 0.1, 0.5, 0.9}) {
      assertThat(ranking.mask(ratio, MaskRule.STRICT_THRESHOLD).keptCount()).isZero();
    }
  }

  @Test
  void ratioZeroPrunesTheSmallest() {
    assertThat(mask(EXAMPLE, 0, MaskRule.STRICT_THRESHOLD)).isEqualTo("1111111101");
    assertThat(mask(EXAMPLE, 0, MaskRule.EXACT_K)).isEqualTo("1111111111");
  }

  @ParameterizedTest
  @EnumSource(MaskRule.class)
  void scalingAndSignFlipsLeaveTheMaskUnchanged(MaskRule rule) {
    float[] changed = EXAMPLE.clone();
    for (int i = 0; i < changed.length; i++) {
      changed[i] *= i % 2 == 0 ? 4 : -4;
    }
    assertThat(mask(changed, 0.5, rule)).isEqualTo(mask(EXAMPLE, 0.5, rule));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void permutingChannelsPermutesTheMask(long seed) {
    float[] gammas = distinct(50, seed);
    float[] reversed = new float[gammas.length];
    for (int i = 0; i < gammas.length; i++) {
      reversed[i] = gammas[gammas.length - 1 - i];
    }
    for (MaskRule rule : MaskRule.values()) {
      String mask = mask(gammas, 0.4, rule);
      assertThat(mask(reversed, 0.4, rule)).isEqualTo(new StringBuilder(mask).reverse().toString());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void masksNestAsTheRatioGrows(long seed) {
    Random random = new Random(seed);
    float[] gammas = new float[60];
    for (int i = 0; i < gammas.length; i++) {
      gammas[i] = random.nextInt(20);
    }
    ChannelRanking ranking = ChannelRanking.of(Scores.of(Arrays.copyOf(gammas, 30), gammas));
    for (MaskRule rule : MaskRule.values()) {
      Mask wider = ranking.mask(0, rule);
      for (double ratio : new double[] {0.1, 0.2, 0.35, 0.5, 0.7, 0.8}) {
        Mask narrower = ranking.mask(ratio, rule);
        assertThat(wider.toBitSet().intersects(narrower.toBitSet()) || narrower.keptCount() == 0)
            .isTrue();
        for (int i = 0; i < narrower.length(); i++) {
          assertThat(!narrower.keeps(i) || wider.keeps(i)).as(rule + " " + ratio).isTrue();
        }
        wider = narrower;
      }
    }
  }

  @Test
  void protectiveRuleKeepsTheLargestTenthOfALayer() {
    float[] small = new float[20];
    float[] large = new float[20];
    for (int i = 0; i < 20; i++) {
      small[i] = i + 1;
      large[i] = 101 + i;
    }
    Mask mask = ChannelRanking.of(Scores.of(small, large)).mask(0.5, MaskRule.PROTECTIVE);
    // h = 18, so that only channel 19 (above y[18]) is protected; k = 20 of the 36 others,
    // which ascend 1..18, 101..118: the threshold is 103.
    assertThat(mask.slice(0, 20).toString()).isEqualTo("00000000000000000001");
    assertThat(mask.slice(20, 20).toString()).isEqualTo("00011111111111111111");
  }

  @Test
  void protectiveRuleRefusesARatioThatLeavesTooFewCandidates() {
    ChannelRanking ranking = ChannelRanking.of(Scores.of(distinct(20, 1)));
    assertThatThrownBy(() -> ranking.mask(0.95, MaskRule.PROTECTIVE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cannot prune 19 of 20 channels")
        .hasMessageContaining("leaves 18");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void ratioOutsideItsRangeIsRefused(double ratio) {
    ChannelRanking ranking = ChannelRanking.of(Scores.of(EXAMPLE));
    assertThatThrownBy(() -> ranking.mask(ratio, MaskRule.EXACT_K))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be in [0, 1)");
  }

  @Test
  void masksOfAsManyChannelsAsResnet50CostMilliseconds() {
    ChannelScores scores = Scores.of(distinct(26_560, 1));
    ChannelRanking.of(scores).mask(0.5, MaskRule.STRICT_THRESHOLD);
    long start = System.nanoTime();
    for (int i = 0; i < 10; i++) {
      ChannelRanking ranking = ChannelRanking.of(scores);
      ranking.mask(0.3, MaskRule.STRICT_THRESHOLD);
      ranking.mask(0.7, MaskRule.STRICT_THRESHOLD);
    }
    assertThat(System.nanoTime() - start)
        .as("nanoseconds for ten epochs")
        .isLessThan(2_000_000_000);
  }

  private static float[] distinct(int count, long seed) {
    Random random = new Random(seed);
    float[] gammas = new float[count];
    for (int i = 0; i < count; i++) {
      gammas[i] = i + 1 + random.nextFloat() / 2;
    }
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      float swapped = gammas[i];
      gammas[i] = gammas[j];
      gammas[j] = swapped;
    }
    return gammas;
  }
}
