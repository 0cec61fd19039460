package io.earlybird.pruning.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.network.Distribution;
import io.earlybird.model.network.TensorSpec;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout.Entry;
import io.earlybird.pruning.weights.Choice.Among;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChoiceTest {
  static Entry layer(int offset, int length) {
    TensorSpec spec =
        new TensorSpec(
            "layer" + offset + ".weight",
            List.of(length, 1),
            TensorSpec.Role.WEIGHT,
            new Distribution.Constant(0));
    return new Entry(spec, offset);
  }

  private static BitSet bits(int... indexes) {
    BitSet bits = new BitSet();
    IntStream.of(indexes).forEach(bits::set);
    return bits;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void choosesWhatASortWouldChoose(int seed) {
    Random random = new Random(seed);
    float[] scores = new float[500];
    BitSet held = new BitSet();
    for (int i = 0; i < scores.length; i++) {
      // many ties, signs, zeros, and numbers of very different size
      scores[i] = (random.nextInt(9) - 4) * (float) Math.pow(10, random.nextInt(7) - 3);
      held.set(i, random.nextInt(3) == 0);
    }
    List<Entry> layers = List.of(layer(10, 200), layer(250, 240));
    for (Among among : Among.values()) {
      List<Integer> candidates =
          IntStream.range(0, scores.length)
              .filter(i -> (i >= 10 && i < 210) || (i >= 250 && i < 490))
              .filter(i -> among == Among.EVERY || held.get(i) == (among == Among.INACTIVE))
              .boxed()
              .toList();
      Comparator<Integer> magnitude = Comparator.comparing(i -> Math.abs(scores[i]));
      Choice choice = Choice.of(scores, layers, HeldEntries.of(held), among);
      for (int k : new int[] {0, 1, 7, 60, candidates.size()}) {
        assertThat(choice.smallest(k))
            .isEqualTo(first(k, candidates, magnitude.thenComparing(i -> i)));
        assertThat(choice.largest(k))
            .isEqualTo(first(k, candidates, magnitude.reversed().thenComparing(i -> i)));
      }
    }
  }

  private static BitSet first(int k, List<Integer> candidates, Comparator<Integer> order) {
    return bits(candidates.stream().sorted(order).limit(k).mapToInt(i -> i).toArray());
  }

  @Test
  void thresholdTakesAllThatAreTiedWithItsRank() {
    float[] scores = {3, -1, 2, 1, -2, 5};
    Choice choice = Choice.of(scores, List.of(layer(0, 6)), HeldEntries.none(), Among.EVERY);
    assertThat(choice.upToRank(0)).isEqualTo(bits(1, 3));
    assertThat(choice.upToRank(2)).isEqualTo(bits(1, 2, 3, 4));
    assertThat(choice.smallest(3)).isEqualTo(bits(1, 3, 2));
  }

  @Test
  void tooFewCandidatesAndScoresThatAreNoNumbersAreRefused() {
    List<Entry> layers = List.of(layer(0, 3));
    Choice choice = Choice.of(new float[3], layers, HeldEntries.of(bits(1)), Among.ACTIVE);
    assertThatThrownBy(() -> choice.largest(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cannot choose 3 of 2 active weights");
    float[] scores = {1, Float.NaN, 2};
    assertThatThrownBy(() -> Choice.of(scores, layers, HeldEntries.none(), Among.EVERY).smallest(1))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("weight 1: its score is NaN");
  }
}
