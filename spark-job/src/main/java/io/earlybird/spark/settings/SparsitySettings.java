package io.earlybird.spark.settings;

import io.earlybird.spark.settings.Section.Range;

/**
 * What makes the network smaller.
 *
 * @param policy which
 * @param gammaL1 weight s of the L1 push on batch-norm scales (specification 1.4)
 * @param channelMultiple kept widths are rounded up to it
 * @param surgery what happens to channels that residual joins couple
 * @param zeroed what happens to gammas that are masked but kept by their group
 * @param earlyBird settings of the policy {@code early-bird}
 */
public record SparsitySettings(
    PolicyName policy,
    double gammaL1,
    int channelMultiple,
    Surgery surgery,
    Zeroed zeroed,
    EarlyBirdSettings earlyBird) {
  /** Policies. */
  public enum PolicyName {
    EARLY_BIRD,
    DENSE
  }

  /** Rules for coupled channels (specification 2.6, 2.7). */
  public enum Surgery {
    UNION,
    INNER_ONLY,
    SCATTER,
    WIDTH_TRANSFER
  }

  /** Whether zeroed gammas learn. */
  public enum Zeroed {
    FROZEN,
    TRAINABLE
  }

  static SparsitySettings read(Section sparsity) {
    return new SparsitySettings(
        sparsity.choice("policy", Effect.IDENTITY, PolicyName.class),
        sparsity.real("gamma-l1", Effect.IDENTITY, Range.NOT_NEGATIVE),
        sparsity.integer("channel-multiple", Effect.IDENTITY, 1, 1024),
        sparsity.choice("surgery", Effect.IDENTITY, Surgery.class),
        sparsity.choice("zeroed", Effect.IDENTITY, Zeroed.class),
        EarlyBirdSettings.read(sparsity.section("early-bird")));
  }
}
