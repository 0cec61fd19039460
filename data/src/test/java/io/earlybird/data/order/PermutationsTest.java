package io.earlybird.data.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutationsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1000})
  void holdsEveryNumberOnce(int size) {
    assertThat(Permutations.draw(size, new SplittableRandom(size)))
        .containsExactlyInAnyOrder(IntStream.range(0, size).toArray());
  }

  @Test
  void everyPermutationIsEquallyLikely() {
    int[] counts = new int[27];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 6000; i++) {
      int[] order = Permutations.draw(3, random);
      counts[9 * order[0] + 3 * order[1] + order[2]]++;
    }
    // 1000 expected for each of the six; five deviations are below 150.
    assertThat(IntStream.of(counts).filter(n -> n > 0))
        .hasSize(6)
        .allMatch(n -> Math.abs(n - 1000) < 150);
  }
}
