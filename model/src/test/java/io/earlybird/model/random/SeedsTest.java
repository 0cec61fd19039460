package io.earlybird.model.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {
  @Test
  void equalKeysGiveEqualSeeds() {
    assertThat(Seeds.derive(1, 2, 3)).isEqualTo(Seeds.derive(1, 2, 3));
    assertThat(Seeds.derive(1, "order")).isEqualTo(Seeds.derive(1, "order"));
    assertThat(Seeds.random(1, 2).nextLong()).isEqualTo(Seeds.random(1, 2).nextLong());
  }

  @Test
  void theOrderAndNumberOfKeysMatter() {
    assertThat(Seeds.derive(1, 2, 3)).isNotEqualTo(Seeds.derive(1, 3, 2));
    assertThat(Seeds.derive(1, 0)).isNotEqualTo(Seeds.derive(1));
    assertThat(Seeds.derive(1, "order")).isNotEqualTo(Seeds.derive(1, "augment"));
  }

  /** The first outputs of the published SplitMix64 for the seed 1234567. */
  @Test
  void drawsAreThoseOfSplitMix64AtTheirPosition() {
    assertThat(Seeds.draw(1234567, 0)).isEqualTo(6457827717110365317L);
    assertThat(Seeds.draw(1234567, 1)).isEqualTo(3203168211198807973L);
    assertThat(Long.toUnsignedString(Seeds.draw(1234567, 2))).isEqualTo("9817491932198370423");
  }

  @Test
  void neighboringKeysGiveDistinctSeedsWithHalfTheirBitsChanged() {
    Set<Long> seen = new HashSet<>();
    long changed = 0;
    for (int epoch = 0; epoch < 100; epoch++) {
      for (int sample = 0; sample < 100; sample++) {
        seen.add(Seeds.derive(7, epoch, sample));
        changed +=
            Long.bitCount(Seeds.derive(7, epoch, sample) ^ Seeds.derive(7, epoch, sample + 1));
      }
    }
    assertThat(seen).hasSize(10_000);
    // 640,000 fair bits: mean 320,000, deviation 400
    assertThat(changed).isBetween(318_000L, 322_000L);
  }
}
