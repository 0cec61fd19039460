package io.earlybird.spark.settings;

import io.earlybird.model.engine.TrainingPrecision;
import io.earlybird.pruning.detection.ConsecutiveDistances;
import io.earlybird.pruning.detection.Detector;
import io.earlybird.pruning.detection.InitialMask;
import io.earlybird.pruning.detection.NewestAgainstPrevious;
import io.earlybird.pruning.mask.MaskRule;
import io.earlybird.pruning.policy.IfNoTicket;
import io.earlybird.pruning.policy.Inherit;
import io.earlybird.spark.settings.Section.Range;
import java.util.List;

/**
 * The policy {@code early-bird} (specification 1).
 *
 * @param ratios pruning ratios whose masks are followed, ascending
 * @param switchRatio the ratio whose ticket the run goes on with
 * @param switchAtEpoch completed epochs after which the switch is forced; 0 for when it emerges
 * @param ifNoTicket what happens when none has emerged by the end
 * @param detection when a mask has settled
 * @param maskRule which channels a ratio masks
 * @param inherit what the ticket starts from
 * @param inheritMomentum whether momentum survives the switch
 * @param keepGammaL1 whether the L1 push goes on after the switch
 * @param searchPrecision before the switch
 * @param retrainPrecision after it
 */
public record EarlyBirdSettings(
    List<Double> ratios,
    double switchRatio,
    int switchAtEpoch,
    IfNoTicket ifNoTicket,
    Detection detection,
    MaskRule maskRule,
    Inherit inherit,
    boolean inheritMomentum,
    boolean keepGammaL1,
    TrainingPrecision searchPrecision,
    TrainingPrecision retrainPrecision) {
  /** Detectors (specification 1.7). */
  public enum DetectorName {
    CONSECUTIVE,
    NEWEST_VS_PREVIOUS
  }

  /**
   * When a mask has settled.
   *
   * @param name which detector
   * @param epsilon distance that counts as equal
   * @param window distances ({@code consecutive}) or masks ({@code newest-vs-previous})
   * @param initialMask whether the mask before the first epoch takes part
   */
  public record Detection(DetectorName name, double epsilon, int window, InitialMask initialMask) {
    static Detection read(Section section) {
      DetectorName name = section.choice("detector", Effect.IDENTITY, DetectorName.class);
      int least = name == DetectorName.CONSECUTIVE ? 1 : 2;
      return new Detection(
          name,
          section.real("epsilon", Effect.IDENTITY, Range.INSIDE_ONE),
          section.integer("window", Effect.IDENTITY, least, 1000),
          section.choice("initial-mask", Effect.IDENTITY, InitialMask.class));
    }

    /** The detector itself. */
    public Detector detector() {
      return switch (name) {
        case CONSECUTIVE -> new ConsecutiveDistances(window, epsilon, initialMask);
        case NEWEST_VS_PREVIOUS -> new NewestAgainstPrevious(window, epsilon);
      };
    }
  }

  static EarlyBirdSettings read(Section section) {
    return new EarlyBirdSettings(
        section.reals("ratios", Effect.IDENTITY, Range.INSIDE_ONE),
        section.real("switch-ratio", Effect.IDENTITY, Range.INSIDE_ONE),
        section.integer("switch-at-epoch", Effect.IDENTITY, 0, 100_000),
        section.choice("if-no-ticket", Effect.IDENTITY, IfNoTicket.class),
        Detection.read(section),
        section.choice("mask-rule", Effect.IDENTITY, MaskRule.class),
        section.choice("inherit", Effect.IDENTITY, Inherit.class),
        section.flag("inherit-momentum", Effect.IDENTITY),
        section.flag("keep-gamma-l1", Effect.IDENTITY),
        section.choice("search-precision", Effect.IDENTITY, TrainingPrecision.class),
        section.choice("retrain-precision", Effect.IDENTITY, TrainingPrecision.class));
  }
}
