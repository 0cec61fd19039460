package io.earlybird.model.reparametrization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankingTest {
  private static BitSet largest(Ranking ranking, int k) {
    BitSet largest = new BitSet();
    BitSet rest = new BitSet();
    ranking.split(k, largest::set, rest::set);
    assertThat(largest.intersects(rest)).isFalse();
    assertThat(largest.cardinality() + rest.cardinality()).isEqualTo(4);
    return largest;
  }

  private static Ranking of(double... scores) {
    return new Ranking(Tiny.layers(), i -> scores[i - Tiny.weights().offset()]);
  }

  private static BitSet bits(int... weights) {
    BitSet bits = new BitSet();
    for (int weight : weights) {
      bits.set(Tiny.weights().offset() + weight);
    }
    return bits;
  }

  @Test
  void theLargestMagnitudesGoFirstAndTiesByTheLowestIndex() {
    assertThat(largest(of(.5, -.9, .1, .2), 1)).isEqualTo(bits(1));
    assertThat(largest(of(.5, -.5, .5, .2), 2)).isEqualTo(bits(0, 1));
    assertThat(largest(of(0, 0, 0, 0), 3)).isEqualTo(bits(0, 1, 2));
  }

  @Test
  void noneAndAllAreChoicesToo() {
    assertThat(largest(of(1, 2, 3, 4), 0)).isEqualTo(bits());
    assertThat(largest(of(1, 2, 3, 4), 4)).isEqualTo(bits(0, 1, 2, 3));
    assertThat(largest(of(1, 2, 3, 4), 9)).isEqualTo(bits(0, 1, 2, 3));
  }

  @Test
  void allUpToARankAreTakenWithTheirTies() {
    assertThat(of(.5, -.2, .1, .8).upToSmallest(2)).isEqualTo(bits(1, 2));
    assertThat(of(.5, -.2, .2, .8).upToSmallest(1)).isEqualTo(bits(1, 2));
    assertThat(of(.5, -.2, .2, .8).upToSmallest(0)).isEqualTo(bits());
    assertThat(of(.5, -.2, .2, .8).upToSmallest(4)).isEqualTo(bits(0, 1, 2, 3));
  }

  @Test
  void scoresThatAreNoNumbersAreNeverLeftOut() {
    assertThat(largest(of(1, Double.NaN, Double.POSITIVE_INFINITY, 4), 1)).isEqualTo(bits(1));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void agreesWithSorting(long seed) {
    Random random = new Random(seed);
    double[] scores = random.doubles(4, -1, 1).map(score -> Math.rint(3 * score) * 1e-3).toArray();
    List<Integer> sorted =
        IntStream.range(0, 4)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(scores[i])))
            .collect(Collectors.toList());
    for (int k = 0; k <= 4; k++) {
      int[] first = sorted.subList(0, k).stream().mapToInt(Integer::intValue).toArray();
      assertThat(largest(of(scores), k)).as("k = " + k).isEqualTo(bits(first));
    }
  }
}
