package io.earlybird.pruning.policy;

import io.earlybird.model.engine.TrainingPrecision;
import io.earlybird.pruning.detection.ConsecutiveDistances;
import io.earlybird.pruning.detection.Detector;
import io.earlybird.pruning.mask.MaskRule;
import io.earlybird.pruning.surgery.GroupRule;
import io.earlybird.pruning.surgery.SurgeryOptions;
import java.util.HashSet;
import java.util.List;

/**
 * Settings of Early-Bird training (You et al. 2020, arXiv 1909.11957; specification 1).
 *
 * @param ratios pruning ratios that are watched, each in [0, 1), at least one
 * @param switchRatio the one of them at which the run switches
 * @param switchAtEpoch completed epochs at which the switch is forced if no ticket has emerged; 0:
 *     never
 * @param ifNoTicket what happens if none has emerged at the end
 * @param detector tells when the mask has settled
 * @param maskRule how masks follow from scores
 * @param gammaL1 weight of the L1 push on gammas, at least 0
 * @param keepGammaL1 whether it stays on when the ticket is trained
 * @param surgery how the ticket is cut
 * @param inherit where its values come from
 * @param inheritMomentum whether its momentum is cut from the dense one, or starts at zero
 * @param searchPrecision arithmetic before the switch
 * @param retrainPrecision arithmetic after it
 */
public record EarlyBirdOptions(
    List<Double> ratios,
    double switchRatio,
    int switchAtEpoch,
    IfNoTicket ifNoTicket,
    Detector detector,
    MaskRule maskRule,
    double gammaL1,
    boolean keepGammaL1,
    SurgeryOptions surgery,
    Inherit inherit,
    boolean inheritMomentum,
    TrainingPrecision searchPrecision,
    TrainingPrecision retrainPrecision)
    implements PolicyOptions {
  public EarlyBirdOptions {
    ratios = List.copyOf(ratios);
    requireRatios(ratios, switchRatio);
    if (switchAtEpoch < 0) {
      throw new IllegalArgumentException(
          "Invalid switch-at-epoch " + switchAtEpoch + ": must be at least 0 (0: not forced)");
    }
    if (!(gammaL1 >= 0) || !Double.isFinite(gammaL1)) {
      throw new IllegalArgumentException(
          "Invalid gamma L1 " + gammaL1 + ": must be a finite number of at least 0");
    }
    if (surgery.rule() == GroupRule.WIDTH_TRANSFER && inherit != Inherit.REINIT) {
      throw new IllegalArgumentException(
          "Invalid inherit "
              + inherit
              + " with surgery width-transfer, which carries no values over: set reinit");
    }
  }

  private static void requireRatios(List<Double> ratios, double switchRatio) {
    for (double ratio : ratios) {
      if (!(ratio >= 0 && ratio < 1)) {
        throw new IllegalArgumentException(
            "Invalid pruning ratio " + ratio + " in " + ratios + ": must be in [0, 1)");
      }
    }
    if (new HashSet<>(ratios).size() != ratios.size()) {
      throw new IllegalArgumentException("Invalid pruning ratios " + ratios + ": one occurs twice");
    }
    if (!ratios.contains(switchRatio)) {
      throw new IllegalArgumentException(
          "Invalid switch ratio " + switchRatio + ": must be one of the ratios " + ratios);
    }
  }

  /** The defaults at one pruning ratio: the paper's detector, union surgery, values inherited. */
  public static EarlyBirdOptions at(double ratio) {
    return new EarlyBirdOptions(
        List.of(ratio),
        ratio,
        0,
        IfNoTicket.CONTINUE_DENSE,
        ConsecutiveDistances.paper(),
        MaskRule.STRICT_THRESHOLD,
        1e-4,
        true,
        SurgeryOptions.defaults(),
        Inherit.INHERIT,
        true,
        TrainingPrecision.FLOAT32,
        TrainingPrecision.FLOAT32);
  }

  @Override
  public Policy create(TrainingRecipe recipe) {
    return new EarlyBirdPolicy(recipe, this);
  }
}
