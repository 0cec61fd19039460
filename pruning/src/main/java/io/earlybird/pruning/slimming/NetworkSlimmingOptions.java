package io.earlybird.pruning.slimming;

import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Network;
import io.earlybird.pruning.mask.MaskRule;
import io.earlybird.pruning.policy.Inherit;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyOptions;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.schedule.RateRecord;
import io.earlybird.pruning.schedule.RetrainingRule;
import io.earlybird.pruning.surgery.GroupRule;
import io.earlybird.pruning.surgery.SurgeryOptions;

/**
 * Settings of network slimming (Liu et al. 2017, arXiv 1708.06519; specification 6.3): a whole
 * training with the L1 push on gammas, one cut at its end, a retraining of the smaller network.
 *
 * <p>The original fine-tunes for 40 epochs at a small rate; the tables of the Early-Bird paper
 * charge a retraining as long as the training. With {@code REINIT} the smaller network is trained
 * from fresh values (scratch-E of Liu et al. 2019, arXiv 1810.05270).
 *
 * @param ratio share of the channels that the mask prunes, in [0, 1)
 * @param maskRule how the mask follows from the scores
 * @param gammaL1 weight of the push in the first training, at least 0
 * @param retrainGammaL1 the same in the retraining
 * @param surgery how the network is cut
 * @param inherit surviving values, or fresh ones
 * @param retrainEpochs at least 1
 * @param retraining its learning rates
 */
public record NetworkSlimmingOptions(
    double ratio,
    MaskRule maskRule,
    double gammaL1,
    double retrainGammaL1,
    SurgeryOptions surgery,
    Inherit inherit,
    int retrainEpochs,
    RetrainingRule retraining)
    implements PolicyOptions {
  public NetworkSlimmingOptions {
    if (!(ratio >= 0 && ratio < 1)) {
      throw new IllegalArgumentException("Invalid pruning ratio " + ratio + ": must be in [0, 1)");
    }
    if (retrainEpochs < 1) {
      throw new IllegalArgumentException(
          "Invalid retraining epochs " + retrainEpochs + ": must be at least 1");
    }
    if (inherit == Inherit.REWIND || surgery.rule() == GroupRule.WIDTH_TRANSFER) {
      throw new IllegalArgumentException(
          "Invalid inherit "
              + inherit
              + " with surgery "
              + surgery.rule().settingName()
              + ": network slimming keeps the trained values or draws fresh ones, and cuts with"
              + " inner-only, union or scatter");
    }
  }

  @Override
  public Policy create(TrainingRecipe recipe) {
    RateRecord record = new RateRecord(recipe.schedule(), recipe.epochs());
    return new NetworkSlimmingPolicy(recipe, this, retraining.schedule(record, retrainEpochs, 1));
  }

  @Override
  public void requireFits(Network network) {
    if (network.nodes(BatchNorm.class).isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot slim " + network + ": it has no batch norm whose scales tell what to cut");
    }
  }
}
