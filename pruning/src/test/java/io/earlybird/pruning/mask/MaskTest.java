package io.earlybird.pruning.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
  private static Mask random(Random random, int length) {
    BitSet kept = new BitSet();
    for (int i = 0; i < length; i++) {
      kept.set(i, random.nextBoolean());
    }
    return Mask.of(kept, length);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void distanceIsAMetric(long seed) {
    Random random = new Random(seed);
    Mask a = random(random, 100);
    Mask b = random(random, 100);
    Mask c = random(random, 100);
    assertThat(a.distance(a)).isZero();
    assertThat(a.distance(b)).isEqualTo(b.distance(a)).isBetween(0.0, 1.0);
    assertThat(a.hamming(c)).isLessThanOrEqualTo(a.hamming(b) + b.hamming(c));
    assertThat(a.equals(b)).isEqualTo(a.hamming(b) == 0);
  }

  @Test
  void distanceOfMasksThatPruneEquallyManyIsBounded() {
    BitSet first = new BitSet();
    first.set(2, 20);
    BitSet second = new BitSet();
    second.set(0, 18);
    // q = 2 of N = 20 pruned in both: at most 2 * min(2, 18) / 20.
    assertThat(Mask.of(first, 20).distance(Mask.of(second, 20))).isEqualTo(0.2);
  }

  @Test
  void trailingPrunedChannelsCount() {
    Mask mask = Mask.of(new BitSet(), 7);
    assertThat(mask.length()).isEqualTo(7);
    assertThat(mask.slice(3, 4).length()).isEqualTo(4);
    assertThat(mask.toString()).isEqualTo("0000000");
  }

  @Test
  void masksOfDifferentNetworksAreNotCompared() {
    assertThatThrownBy(() -> Mask.of(new BitSet(), 7).hamming(Mask.of(new BitSet(), 8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot compare masks of 7 and 8 channels");
  }

  @Test
  void laterChangesOfTheBitSetDoNotReachTheMask() {
    BitSet kept = new BitSet();
    Mask mask = Mask.of(kept, 3);
    kept.set(1);
    mask.toBitSet().set(2);
    assertThat(mask.keptCount()).isZero();
  }
}
