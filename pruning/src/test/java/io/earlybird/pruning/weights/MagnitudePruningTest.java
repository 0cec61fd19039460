package io.earlybird.pruning.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.pruning.weights.MagnitudePruning.Rule;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Worked numbers of specification 3.2, 3.3, 3.4 and 6.1. */
class MagnitudePruningTest {
  private static PrunableWeights weights(int count) {
    return new PrunableWeights(List.of(ChoiceTest.layer(0, count)));
  }

  private static float[] tenths() {
    float[] values = new float[10];
    IntStream.range(0, 10).forEach(i -> values[i] = (i + 1) / 10f);
    return values;
  }

  @ParameterizedTest(name = "S = {0} in {1} cycles from {2}")
  @CsvSource({"0.9, 2, 100, 68|22, 10", "0.9, 3, 1000, 536|249|115, 100"})
  void cyclesRemoveTheCountsOfTheSpecification(
      double sparsity, int cycles, int count, String removed, int left) {
    float[] values = new float[count];
    Random random = new Random(7);
    IntStream.range(0, count).forEach(i -> values[i] = (float) random.nextGaussian());
    MagnitudePruning pruning = new MagnitudePruning(weights(count), Rule.EXACT_K);
    double q = 1 - Math.pow(1 - sparsity, 1.0 / cycles);
    HeldEntries held = HeldEntries.none();
    for (String expected : removed.split("\\|", -1)) {
      int before = held.count();
      held = pruning.prune(values, held, q);
      assertThat(held.count() - before).isEqualTo(Integer.parseInt(expected));
    }
    assertThat(weights(count).active(held)).isEqualTo(left);
    assertThat(weights(count).sparsity(held)).isCloseTo(sparsity, within(1e-12));
  }

  @Test
  void strictThresholdOfOpenLthRemovesOneMore() {
    HeldEntries strict =
        new MagnitudePruning(weights(10), Rule.STRICT_THRESHOLD)
            .prune(tenths(), HeldEntries.none(), 0.3);
    assertThat(strict.count()).isEqualTo(4);
    assertThat(strict.holds(3)).as("0.4 is the threshold").isTrue();
    HeldEntries exact =
        new MagnitudePruning(weights(10), Rule.EXACT_K).prune(tenths(), HeldEntries.none(), 0.3);
    assertThat(exact.count()).isEqualTo(3);
  }

  @Test
  void nothingGoesAtAFractionOfZeroAndEverythingIsRefused() {
    MagnitudePruning pruning = new MagnitudePruning(weights(10), Rule.EXACT_K);
    assertThat(pruning.prune(tenths(), HeldEntries.none(), 0).isEmpty()).isTrue();
    assertThatThrownBy(() -> pruning.prune(tenths(), HeldEntries.none(), 0.99))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cannot prune 10 of 10 active weights: none would be left");
    assertThatThrownBy(() -> pruning.prune(tenths(), HeldEntries.none(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be in [0, 1)");
  }

  /**
   * 6 weights, S = 0.9: 1 is left in one go; in three cycles q = 0.5358 takes 3 of 6, 2 of 3, 1 of
   * 1. A strict threshold takes one more each time: 4 of 6 and 2 of 2 with q = 0.5.
   */
  @Test
  void cyclesThatWouldLeaveNothingAreRefusedBeforeTheyBegin() {
    MagnitudePruning exact = new MagnitudePruning(weights(6), Rule.EXACT_K);
    exact.requireLeft(0.9, 1);
    assertThatThrownBy(() -> exact.requireLeft(1 - Math.cbrt(0.1), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cannot prune 1 of 1 active weights in cycle 3 of 3");
    MagnitudePruning strict = new MagnitudePruning(weights(6), Rule.STRICT_THRESHOLD);
    strict.requireLeft(0.5, 1);
    assertThatThrownBy(() -> strict.requireLeft(0.5, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cannot prune 2 of 2 active weights in cycle 2 of 2");
  }

  @Test
  void normDropIsThatOfTheWorkedExample() {
    float[] values = {3, -4, 1, 2};
    PrunableWeights weights = weights(4);
    HeldEntries held =
        new MagnitudePruning(weights, Rule.EXACT_K).prune(values, HeldEntries.none(), 0.5);
    double d1 = NormDrop.of(values, weights.layers(), weights, HeldEntries.none(), held);
    assertThat(d1).isCloseTo(0.577350, within(5e-7));
    assertThat(NormDrop.of(values, weights.layers(), weights, held, held)).isZero();
    assertThat(NormDrop.of(new float[4], weights.layers(), weights, HeldEntries.none(), held))
        .isZero();
  }
}
