package io.earlybird.spark.settings;

import io.earlybird.model.engine.Precision;
import io.earlybird.spark.settings.Section.Range;
import java.util.List;

/**
 * The policy {@code early-bird} (specification 1).
 *
 * @param ratios pruning ratios whose masks are followed, ascending
 * @param switchRatio the ratio whose ticket the run goes on with
 * @param switchAtEpoch completed epochs after which the switch is forced; 0 for when it emerges
 * @param ifNoTicket what happens when none has emerged by the end
 * @param epsilon distance below which masks count as equal
 * @param window distances that must all be below epsilon
 * @param detector which masks are compared
 * @param maskRule which channels a ratio masks
 * @param protectLargest whether the largest gammas of each layer are kept (specification 2.8)
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
    double epsilon,
    int window,
    Detector detector,
    MaskRule maskRule,
    boolean protectLargest,
    Inherit inherit,
    boolean inheritMomentum,
    boolean keepGammaL1,
    Precision searchPrecision,
    Precision retrainPrecision) {
  /** What happens when no ticket has emerged. */
  public enum IfNoTicket {
    CONTINUE_DENSE,
    SWITCH_AT_END
  }

  /** Which masks are compared (specification 1.7). */
  public enum Detector {
    CONSECUTIVE,
    LAST_MASKS
  }

  /** Which channels a ratio masks (specification 1.5). */
  public enum MaskRule {
    STRICT,
    EXACT_K
  }

  /** What the ticket starts from. */
  public enum Inherit {
    INHERIT,
    REINIT,
    REWIND
  }

  static EarlyBirdSettings read(Section section) {
    return new EarlyBirdSettings(
        section.reals("ratios", Effect.IDENTITY, Range.INSIDE_ONE),
        section.real("switch-ratio", Effect.IDENTITY, Range.INSIDE_ONE),
        section.integer("switch-at-epoch", Effect.IDENTITY, 0, 100_000),
        section.choice("if-no-ticket", Effect.IDENTITY, IfNoTicket.class),
        section.real("epsilon", Effect.IDENTITY, Range.INSIDE_ONE),
        section.integer("window", Effect.IDENTITY, 1, 1000),
        section.choice("detector", Effect.IDENTITY, Detector.class),
        section.choice("mask-rule", Effect.IDENTITY, MaskRule.class),
        section.flag("protect-largest", Effect.IDENTITY),
        section.choice("inherit", Effect.IDENTITY, Inherit.class),
        section.flag("inherit-momentum", Effect.IDENTITY),
        section.flag("keep-gamma-l1", Effect.IDENTITY),
        section.choice("search-precision", Effect.IDENTITY, EngineSettings.PRECISIONS),
        section.choice("retrain-precision", Effect.IDENTITY, EngineSettings.PRECISIONS));
  }
}
