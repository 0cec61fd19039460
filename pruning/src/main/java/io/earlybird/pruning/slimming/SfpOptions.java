package io.earlybird.pruning.slimming;

import io.earlybird.model.network.Network;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyOptions;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.surgery.GroupRule;
import io.earlybird.pruning.surgery.SurgeryOptions;

/**
 * Settings of soft filter pruning (He et al. 2018, arXiv 1808.06866; specification 6.5): before
 * training and after every epoch the filters of smallest L2 norm are set to zero in each
 * convolution; they stay trainable. After the last epoch they are cut out, with their batch-norm
 * channels, as surgery does it.
 *
 * <p>Convolutions without a batch norm of their own, and those of shortcuts, keep all filters.
 *
 * @param keepRate k in (0, 1]
 * @param surgery how the network is cut
 */
public record SfpOptions(double keepRate, SurgeryOptions surgery) implements PolicyOptions {
  public SfpOptions {
    if (!(keepRate > 0 && keepRate <= 1)) {
      throw new IllegalArgumentException("Invalid keep rate " + keepRate + ": must be in (0, 1]");
    }
    if (surgery.rule() == GroupRule.WIDTH_TRANSFER) {
      throw new IllegalArgumentException(
          "Invalid surgery width-transfer: soft filter pruning keeps the values of its filters; set"
              + " inner-only, union or scatter");
    }
  }

  @Override
  public Policy create(TrainingRecipe recipe) {
    return new SfpPolicy(recipe, this);
  }

  @Override
  public void requireFits(Network network) {
    if (SoftFilters.of(network, keepRate).layers().isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot prune filters of " + network + ": no convolution has a batch norm of its own");
    }
  }
}
