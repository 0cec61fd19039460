package io.earlybird.spark.settings;

import io.earlybird.pruning.surgery.GroupRule;
import io.earlybird.pruning.surgery.MinimumWidth;
import io.earlybird.pruning.surgery.SurgeryOptions;
import io.earlybird.pruning.surgery.Zeroed;
import io.earlybird.spark.settings.Section.Range;

/**
 * What makes the network smaller.
 *
 * @param policy which
 * @param gammaL1 weight s of the L1 push on batch-norm scales (specification 1.4)
 * @param surgery how masks become a smaller network
 * @param earlyBird settings of the policy {@code early-bird}
 */
public record SparsitySettings(
    PolicyName policy, double gammaL1, SurgeryOptions surgery, EarlyBirdSettings earlyBird) {
  /** Policies. */
  public enum PolicyName {
    EARLY_BIRD,
    DENSE
  }

  static SparsitySettings read(Section sparsity) {
    return new SparsitySettings(
        sparsity.choice("policy", Effect.IDENTITY, PolicyName.class),
        sparsity.real("gamma-l1", Effect.IDENTITY, Range.NOT_NEGATIVE),
        new SurgeryOptions(
            sparsity.choice("surgery", Effect.IDENTITY, GroupRule.class),
            sparsity.choice("zeroed", Effect.IDENTITY, Zeroed.class),
            sparsity.choice("minimum-width", Effect.IDENTITY, MinimumWidth.class),
            sparsity.integer("channel-multiple", Effect.IDENTITY, 1, 1024)),
        EarlyBirdSettings.read(sparsity.section("early-bird")));
  }
}
