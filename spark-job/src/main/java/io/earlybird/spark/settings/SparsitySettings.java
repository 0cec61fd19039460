package io.earlybird.spark.settings;

import io.earlybird.pruning.policy.DenseOptions;
import io.earlybird.pruning.policy.EarlyBirdOptions;
import io.earlybird.pruning.policy.PolicyOptions;
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
 * @param iterative settings of {@code imp}, {@code bimp} and {@code lottery-ticket}
 * @param dynamic settings of {@code sparse-momentum}, {@code set} and {@code rigl}
 * @param inTraining settings of {@code snip} and {@code gmp}
 * @param slimming settings of {@code network-slimming} and {@code sfp}
 * @param thinet settings of the policy {@code thinet}
 * @param stable settings of {@code dpf}, {@code dnw}, {@code str}, {@code dst}, {@code cs}, {@code
 *     gsm} and {@code lc}
 */
public record SparsitySettings(
    PolicyName policy,
    double gammaL1,
    SurgeryOptions surgery,
    EarlyBirdSettings earlyBird,
    IterativeSettings iterative,
    DynamicSettings dynamic,
    InTrainingSettings inTraining,
    SlimmingSettings slimming,
    ThiNetSettings thinet,
    StableSettings stable) {
  /** Policies. */
  public enum PolicyName {
    EARLY_BIRD,
    DENSE,
    IMP,
    BIMP,
    LOTTERY_TICKET,
    SPARSE_MOMENTUM,
    SET,
    RIGL,
    SNIP,
    GMP,
    NETWORK_SLIMMING,
    SFP,
    THINET,
    DPF,
    DNW,
    STR,
    DST,
    CS,
    GSM,
    LC;

    /** Settings of a policy that is not chosen change no result. */
    Effect effectIn(PolicyName chosen) {
      return this == chosen ? Effect.IDENTITY : Effect.OPERATIONAL;
    }

    /** Whether steps use effective weights in place of the stored ones. */
    public boolean reparametrizes() {
      return switch (this) {
        case DPF, DNW, STR, DST, CS, GSM, LC -> true;
        case EARLY_BIRD,
            DENSE,
            IMP,
            BIMP,
            LOTTERY_TICKET,
            SPARSE_MOMENTUM,
            SET,
            RIGL,
            SNIP,
            GMP,
            NETWORK_SLIMMING,
            SFP,
            THINET ->
            false;
      };
    }

    /** Whether the length of a run may change nothing that the policy does before its end. */
    boolean mayGrow() {
      return this == EARLY_BIRD || this == DENSE;
    }
  }

  static SparsitySettings read(Section sparsity) {
    PolicyName policy = sparsity.choice("policy", Effect.IDENTITY, PolicyName.class);
    return new SparsitySettings(
        policy,
        sparsity.real("gamma-l1", Effect.IDENTITY, Range.NOT_NEGATIVE),
        new SurgeryOptions(
            sparsity.choice("surgery", Effect.IDENTITY, GroupRule.class),
            sparsity.choice("zeroed", Effect.IDENTITY, Zeroed.class),
            sparsity.choice("minimum-width", Effect.IDENTITY, MinimumWidth.class),
            sparsity.integer("channel-multiple", Effect.IDENTITY, 1, 1024)),
        EarlyBirdSettings.read(sparsity.section("early-bird")),
        IterativeSettings.read(sparsity, policy),
        DynamicSettings.read(sparsity, policy),
        InTrainingSettings.read(sparsity, policy),
        SlimmingSettings.read(sparsity, policy),
        ThiNetSettings.read(sparsity, policy),
        StableSettings.read(sparsity, policy));
  }

  /**
   * Settings of the chosen policy, as the policy wants them.
   *
   * @param learningRate of the optimizer, before any decay
   * @throws IllegalArgumentException if they do not fit together
   */
  public PolicyOptions options(double learningRate) {
    return switch (policy) {
      case DENSE -> new DenseOptions();
      case IMP -> iterative.imp();
      case BIMP -> iterative.bimp(learningRate);
      case LOTTERY_TICKET -> iterative.lotteryTicket();
      case SPARSE_MOMENTUM -> dynamic.sparseMomentumOptions();
      case SET -> dynamic.setOptions();
      case RIGL -> dynamic.riglOptions();
      case SNIP -> inTraining.snip();
      case GMP -> inTraining.gmp();
      case NETWORK_SLIMMING -> slimming.networkSlimming(gammaL1, surgery);
      case SFP -> slimming.sfp(surgery);
      case THINET -> thinet.options();
      case DPF -> stable.dpf();
      case DNW -> stable.dnw();
      case STR -> stable.str();
      case DST -> stable.dst();
      case CS -> stable.cs();
      case GSM -> stable.gsm();
      case LC -> stable.lc();
      case EARLY_BIRD ->
          new EarlyBirdOptions(
              earlyBird.ratios(),
              earlyBird.switchRatio(),
              earlyBird.switchAtEpoch(),
              earlyBird.ifNoTicket(),
              earlyBird.detection().detector(),
              earlyBird.maskRule(),
              gammaL1,
              earlyBird.keepGammaL1(),
              surgery,
              earlyBird.inherit(),
              earlyBird.inheritMomentum(),
              earlyBird.searchPrecision(),
              earlyBird.retrainPrecision());
    };
  }
}
