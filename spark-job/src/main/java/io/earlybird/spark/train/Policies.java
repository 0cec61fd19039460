package io.earlybird.spark.train;

import io.earlybird.pruning.policy.DenseOptions;
import io.earlybird.pruning.policy.EarlyBirdOptions;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyOptions;
import io.earlybird.spark.settings.EarlyBirdSettings;
import io.earlybird.spark.settings.Settings;
import io.earlybird.spark.settings.SparsitySettings;

/** The policy that settings describe. */
public final class Policies {
  private Policies() {}

  /** The policy of a run. */
  public static Policy of(Settings settings) {
    return options(settings.sparsity()).create(settings.recipe());
  }

  private static PolicyOptions options(SparsitySettings sparsity) {
    return switch (sparsity.policy()) {
      case DENSE -> new DenseOptions();
      case EARLY_BIRD -> earlyBird(sparsity, sparsity.earlyBird());
    };
  }

  private static EarlyBirdOptions earlyBird(SparsitySettings sparsity, EarlyBirdSettings own) {
    return new EarlyBirdOptions(
        own.ratios(),
        own.switchRatio(),
        own.switchAtEpoch(),
        own.ifNoTicket(),
        own.detection().detector(),
        own.maskRule(),
        sparsity.gammaL1(),
        own.keepGammaL1(),
        sparsity.surgery(),
        own.inherit(),
        own.inheritMomentum(),
        own.searchPrecision(),
        own.retrainPrecision());
  }
}
