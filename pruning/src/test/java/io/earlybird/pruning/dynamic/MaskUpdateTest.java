package io.earlybird.pruning.dynamic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.network.Distribution.Constant;
import io.earlybird.model.network.TensorSpec;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout.Entry;
import io.earlybird.pruning.dynamic.DynamicSparsityPolicy.Correction;
import io.earlybird.pruning.dynamic.MaskUpdate.Layer;
import io.earlybird.pruning.weights.PrunableWeights;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Worked numbers of specification 4.2, 4.6 and 4.7. */
class MaskUpdateTest {
  private static PrunableWeights layers(int... lengths) {
    List<Entry> layers = new ArrayList<>();
    int offset = 0;
    for (int length : lengths) {
      TensorSpec spec =
          new TensorSpec(
              "layer" + offset + ".weight",
              List.of(length, 1),
              TensorSpec.Role.WEIGHT,
              new Constant(0));
      layers.add(new Entry(spec, offset));
      offset += length;
    }
    return new PrunableWeights(layers);
  }

  private static HeldEntries held(int... indexes) {
    BitSet bits = new BitSet();
    IntStream.of(indexes).forEach(bits::set);
    return HeldEntries.of(bits);
  }

  @Test
  void oneLayerDropsAndGrowsWhatTheExampleSays() {
    float[] w = {.5f, 0, -.1f, .3f, 0, 0};
    float[] v = {.1f, .05f, -.4f, .2f, -.3f, .01f};
    MaskUpdate update =
        new MaskUpdate(layers(6), Drop.MAGNITUDE, Redistribution.MOMENTUM, Growth.MOMENTUM);
    HeldEntries before = held(1, 4, 5);
    assertThat(update.statistics(w, v, before, .2)).extracting(Layer::drops).containsExactly(1);
    // one is dropped, index 2, and adj = 1 lets two grow: 2 (.4) and 4 (.3)
    HeldEntries after = update.apply(w, v, v, before, .2, 1);
    assertThat(after).isEqualTo(held(1, 5));
    assertThat(w[2]).as("a weight that is grown again keeps its value").isEqualTo(-.1f);
  }

  @Test
  void overflowIsSpreadUntilTheLimitOfTheExample() {
    double[] shares = {.6, .3, .1};
    double[] caps = {.99 * 4, .99 * 68, .99 * 160};
    assertThat(caps).containsExactly(new double[] {3.96, 67.32, 158.4}, within(1e-12));
    assertThat(Redistribution.grown(shares, 20, caps)).containsExactly(3, 10, 6);
  }

  @Test
  void nearlyFullLayersThatGrowAreDroppedLess() {
    PrunableWeights layers = layers(12, 100, 200);
    float[] w = new float[312];
    float[] v = new float[312];
    BitSet inactive = new BitSet();
    inactive.set(10, 12);
    inactive.set(52, 112);
    inactive.set(162, 312);
    for (int i = 0; i < 312; i++) {
      w[i] = 1 + i;
      v[i] = i < 12 ? 6 : i < 112 ? 3 : 1;
    }
    HeldEntries held = HeldEntries.of(inactive);
    MaskUpdate update =
        new MaskUpdate(layers, Drop.MAGNITUDE, Redistribution.MOMENTUM, Growth.MOMENTUM);
    List<Layer> statistics = update.statistics(w, v, held, .2);
    assertThat(statistics).extracting(Layer::active).containsExactly(10, 40, 50);
    assertThat(statistics.stream().mapToDouble(Layer::share).toArray())
        .containsExactly(new double[] {.6, .3, .1}, within(1e-15));
    assertThat(statistics).extracting(Layer::drops).containsExactly(2, 8, 10);
    // a sparsity of 2 / 12 is less than .5, too
    assertThat(update.statistics(w, v, held, .5))
        .extracting(Layer::drops)
        .containsExactly(2, 20, 25);
    HeldEntries after = update.apply(w, v, v, held, .2, 0);
    assertThat(layers.active(after)).isEqualTo(100 - 20 + 19);
    assertThat(PrunableWeights.active(layers.layers().get(1), after)).isEqualTo(40 - 8 + 10);
  }

  @Test
  void correctionIsThatOfTheExample() {
    Correction first = new Correction(0, 0, 0).after(100 - 98);
    assertThat(first.adj()).isEqualTo(3.5);
    assertThat(first.after(100 - 101).adj()).isCloseTo(.625, within(1e-12));
  }

  @ParameterizedTest(name = "u = {0}")
  @CsvSource({
    "0, .5, .5",
    ".25, .42751, .375",
    ".5, .2525, .25",
    ".75, .07749, .125",
    "1, .005, 0"
  })
  void rateDecaysAsTheSpecificationSays(double progress, double cosine, double linear) {
    double end = DropRate.SPARSE_MOMENTUM_END;
    assertThat(new DropRate(DropRate.Shape.COSINE, .5, end).at(progress))
        .isCloseTo(cosine, within(5e-6));
    assertThat(new DropRate(DropRate.Shape.LINEAR, .5, 0).at(progress))
        .isCloseTo(linear, within(1e-12));
  }

  @Test
  void equalLayersKeepTheirCountsWithoutRedistribution() {
    PrunableWeights layers = layers(100, 100);
    float[] w = new float[200];
    float[] v = new float[200];
    BitSet inactive = new BitSet();
    for (int i = 0; i < 200; i++) {
      w[i] = i % 100 < 50 ? 0 : (i % 100) - (i < 100 ? 0 : 3);
      v[i] = (i * 37) % 101;
      inactive.set(i, i % 100 < 50);
    }
    HeldEntries after =
        new MaskUpdate(layers, Drop.MAGNITUDE, Redistribution.NONE, Growth.MOMENTUM)
            .apply(w, v, v, HeldEntries.of(inactive), .2, 0);
    for (Entry layer : layers.layers()) {
      assertThat(PrunableWeights.active(layer, after)).isEqualTo(50);
    }
  }

  @Test
  void emptyLayersAndMomentumOfZeroGrowNothing() {
    PrunableWeights layers = layers(10, 10);
    float[] w = new float[20];
    BitSet inactive = new BitSet();
    inactive.set(0, 15);
    for (int i = 15; i < 20; i++) {
      w[i] = i;
    }
    HeldEntries after =
        new MaskUpdate(layers, Drop.MAGNITUDE, Redistribution.MOMENTUM, Growth.MOMENTUM)
            .apply(w, new float[20], w, HeldEntries.of(inactive), .2, 0);
    assertThat(layers.active(after)).isEqualTo(4);
  }

  @Test
  void signsAreDroppedByHalves() {
    float[] w = {.1f, -.9f, .2f, -.3f, .05f, -.8f, .7f, .6f};
    BitSet dropped = Drop.SIGN.choose(w, layers(8).layers(), HeldEntries.none(), new int[] {4});
    assertThat(dropped).isEqualTo(held(4, 0, 1, 5).toBitSet());
    BitSet global =
        Drop.GLOBAL_MAGNITUDE.choose(
            w, layers(4, 4).layers(), HeldEntries.none(), new int[] {1, 1});
    assertThat(global).isEqualTo(held(4, 0).toBitSet());
  }
}
