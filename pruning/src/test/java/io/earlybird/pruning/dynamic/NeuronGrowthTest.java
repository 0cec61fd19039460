package io.earlybird.pruning.dynamic;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.network.Distribution.Constant;
import io.earlybird.model.network.TensorSpec;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout.Entry;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NeuronGrowthTest {
  /** Three output channels of four weights, after two that belong to others. */
  private static final Entry LAYER =
      new Entry(
          new TensorSpec("fc.weight", List.of(3, 4), TensorSpec.Role.WEIGHT, new Constant(0)), 2);

  /** Means of |v| 6, 3 and 1 of ten: quotas of five weights are 3, 1 and 0, and one is left. */
  private static final float[] VELOCITY = {
    100, 100, -8, 8, 6, 2, .5f, 5.5f, -4, 2, 1.5f, 1.5f, .5f, .5f
  };

  private static HeldEntries inactive(int... indexes) {
    BitSet bits = new BitSet();
    IntStream.of(indexes).forEach(bits::set);
    return HeldEntries.of(bits);
  }

  private static int[] grown(HeldEntries inactive, int count) {
    return NeuronGrowth.grown(VELOCITY, LAYER, inactive, count).stream().toArray();
  }

  @Test
  void channelsGrowInProportionToTheirMomentumAndTheRestWhereItIsLargest() {
    HeldEntries all = inactive(IntStream.range(0, 14).toArray());
    // 2, 3, 4 of the first channel, 7 of the second, and the largest that is left, 8
    assertThat(grown(all, 5)).containsExactly(2, 3, 4, 7, 8);
  }

  @Test
  void aChannelThatIsNearlyFullLeavesItsShareToTheOthers() {
    // the first channel has one inactive weight for its three
    assertThat(grown(inactive(5, 6, 7, 8, 9, 10, 11), 5)).containsExactly(5, 7, 8, 9, 10);
  }

  @Test
  void equalMomentumGrowsTheLowestIndexAndNoneIsNeeded() {
    // quotas of 1, 0 and 0: the first of two equal ones, then the largest of the layer
    assertThat(grown(inactive(2, 3, 12, 13), 2)).containsExactly(2, 3);
    assertThat(grown(inactive(2, 3), 0)).isEmpty();
    assertThat(NeuronGrowth.grown(new float[14], LAYER, inactive(3, 4), 1).stream().toArray())
        .containsExactly(3);
  }
}
