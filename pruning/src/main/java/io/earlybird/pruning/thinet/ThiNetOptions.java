package io.earlybird.pruning.thinet;

import io.earlybird.model.network.Network;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyOptions;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.schedule.RateRecord;
import io.earlybird.pruning.schedule.RetrainingRule;

/**
 * Settings of ThiNet (Luo et al. 2017, arXiv 1707.06342; specification 6.4): after the recipe's
 * training, one layer after the other is cut and the network trained a little; a longer retraining
 * follows the last.
 *
 * <p>Layers are those whose output one convolution alone reads: all but the last of a chain, the
 * inner ones of residual blocks.
 *
 * @param keepRate share of the channels of a layer that stay, in (0, 1]
 * @param batches whose images are looked at for each layer, at least 1
 * @param samplesPerImage outputs of the next layer that are drawn from an image, at least 1
 * @param layerEpochs of training after each layer, at least 0
 * @param learningRate in them
 * @param retrainEpochs after the last layer, at least 1
 * @param retraining their learning rates
 */
public record ThiNetOptions(
    double keepRate,
    int batches,
    int samplesPerImage,
    int layerEpochs,
    double learningRate,
    int retrainEpochs,
    RetrainingRule retraining)
    implements PolicyOptions {
  public ThiNetOptions {
    if (!(keepRate > 0 && keepRate <= 1)) {
      throw new IllegalArgumentException("Invalid keep rate " + keepRate + ": must be in (0, 1]");
    }
    if (batches < 1 || samplesPerImage < 1 || layerEpochs < 0 || retrainEpochs < 1) {
      throw new IllegalArgumentException(
          "Invalid ThiNet with "
              + batches
              + " batches, "
              + samplesPerImage
              + " samples an image, "
              + layerEpochs
              + " epochs a layer and "
              + retrainEpochs
              + " afterwards: must be at least 1, 1, 0 and 1");
    }
  }

  @Override
  public Policy create(TrainingRecipe recipe) {
    RateRecord record = new RateRecord(recipe.schedule(), recipe.epochs());
    return new ThiNetPolicy(recipe, this, retraining.schedule(record, retrainEpochs, 1));
  }

  @Override
  public void requireFits(Network network) {
    if (ThinLayer.of(network).isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot thin " + network + ": no layer is read by one convolution alone");
    }
  }

  /** max(1, (int)(C * keepRate)). */
  int kept(int channels) {
    return Math.max(1, (int) (channels * keepRate));
  }
}
