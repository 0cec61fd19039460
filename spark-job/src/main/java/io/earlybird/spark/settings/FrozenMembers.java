package io.earlybird.spark.settings;

import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.mask.BatchNormChannels;
import io.earlybird.pruning.mask.Mask;
import io.earlybird.pruning.surgery.ChannelSurgery;
import io.earlybird.pruning.surgery.GroupRule;
import io.earlybird.pruning.surgery.SurgeryOptions;
import java.util.BitSet;
import java.util.Random;

/**
 * Whether tickets have entries that every step must hold at zero: members that are masked and kept
 * by their group, or by the least width of a layer.
 *
 * <p>Found by cutting the network with a mask of every second channel by chance, and with one that
 * empties every layer.
 */
final class FrozenMembers {
  private static final long SEED = 1;

  private FrozenMembers() {}

  static boolean mayBeLeftBy(SurgeryOptions surgery, Network network) {
    if (surgery.rule() == GroupRule.WIDTH_TRANSFER) {
      return false;
    }
    Parameters values = Parameters.zeros(ParameterLayout.of(network));
    int channels = BatchNormChannels.of(network).total();
    Random random = new Random(SEED);
    BitSet half = new BitSet();
    for (int i = 0; i < channels; i++) {
      half.set(i, random.nextBoolean());
    }
    return holds(network, values, Mask.of(half, channels), surgery)
        || holds(network, values, Mask.of(new BitSet(), channels), surgery);
  }

  private static boolean holds(
      Network network, Parameters values, Mask mask, SurgeryOptions surgery) {
    return !ChannelSurgery.cut(network, values, mask, surgery).held(HeldEntries.none()).isEmpty();
  }
}
