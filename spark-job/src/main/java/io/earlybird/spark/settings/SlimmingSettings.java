package io.earlybird.spark.settings;

import io.earlybird.pruning.mask.MaskRule;
import io.earlybird.pruning.policy.Inherit;
import io.earlybird.pruning.slimming.NetworkSlimmingOptions;
import io.earlybird.pruning.slimming.SfpOptions;
import io.earlybird.pruning.surgery.SurgeryOptions;
import io.earlybird.spark.settings.Section.Range;
import io.earlybird.spark.settings.SparsitySettings.PolicyName;
import java.util.List;

/**
 * The policies {@code network-slimming} and {@code sfp} (specification 6.3, 6.5).
 *
 * @param slimming of the first
 * @param keepRate of the second
 */
public record SlimmingSettings(Slimming slimming, double keepRate) {
  /**
   * Network slimming.
   *
   * @param ratio share of the channels that the mask prunes
   * @param maskRule which channels a ratio masks
   * @param retrainGammaL1 weight of the L1 push in the retraining
   * @param inherit surviving values or fresh ones
   * @param retrainEpochs after the cut
   * @param retraining their learning rates
   */
  public record Slimming(
      double ratio,
      MaskRule maskRule,
      double retrainGammaL1,
      Inherit inherit,
      int retrainEpochs,
      RetrainingSettings retraining) {}

  static SlimmingSettings read(Section sparsity, PolicyName chosen) {
    Effect effect = PolicyName.NETWORK_SLIMMING.effectIn(chosen);
    Section section = sparsity.section("network-slimming");
    Slimming slimming =
        new Slimming(
            section.real("ratio", effect, Range.BELOW_ONE),
            section.choice("mask-rule", effect, MaskRule.class),
            section.real("retrain-gamma-l1", effect, Range.NOT_NEGATIVE),
            section.choice("inherit", effect, List.of(Inherit.INHERIT, Inherit.REINIT)),
            section.integer("retrain-epochs", effect, 1, 100_000),
            RetrainingSettings.read(section.section("retraining"), effect));
    Effect sfp = PolicyName.SFP.effectIn(chosen);
    return new SlimmingSettings(
        slimming, sparsity.section("sfp").real("keep-rate", sfp, Range.DENSITY));
  }

  NetworkSlimmingOptions networkSlimming(double gammaL1, SurgeryOptions surgery) {
    return new NetworkSlimmingOptions(
        slimming.ratio(),
        slimming.maskRule(),
        gammaL1,
        slimming.retrainGammaL1(),
        surgery,
        slimming.inherit(),
        slimming.retrainEpochs(),
        slimming.retraining().rule());
  }

  SfpOptions sfp(SurgeryOptions surgery) {
    return new SfpOptions(keepRate, surgery);
  }
}
