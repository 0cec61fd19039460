package io.earlybird.spark.settings;

import io.earlybird.pruning.stable.CsOptions;
import io.earlybird.pruning.stable.DnwOptions;
import io.earlybird.pruning.stable.DpfOptions;
import io.earlybird.pruning.stable.DstOptions;
import io.earlybird.pruning.stable.GsmOptions;
import io.earlybird.pruning.stable.LcOptions;
import io.earlybird.pruning.stable.StrOptions;
import io.earlybird.pruning.weights.CubicSparsity;
import io.earlybird.pruning.weights.Scope;
import io.earlybird.spark.settings.Section.Range;
import io.earlybird.spark.settings.SparsitySettings.PolicyName;

/**
 * The policies that train towards weights which pruning hardly changes (specification 6.7-6.13).
 */
public record StableSettings(
    DpfOptions dpf,
    DnwOptions dnw,
    StrOptions str,
    DstOptions dst,
    CsOptions cs,
    GsmOptions gsm,
    LcOptions lc) {
  private static final int MANY = 100_000;

  static StableSettings read(Section sparsity, PolicyName chosen) {
    return new StableSettings(
        dpf(sparsity.section("dpf"), PolicyName.DPF.effectIn(chosen)),
        dnw(sparsity.section("dnw"), PolicyName.DNW.effectIn(chosen)),
        str(sparsity.section("str"), PolicyName.STR.effectIn(chosen)),
        dst(sparsity.section("dst"), PolicyName.DST.effectIn(chosen)),
        cs(sparsity.section("cs"), PolicyName.CS.effectIn(chosen)),
        gsm(sparsity.section("gsm"), PolicyName.GSM.effectIn(chosen)),
        lc(sparsity.section("lc"), PolicyName.LC.effectIn(chosen)));
  }

  private static double target(Section section, Effect effect) {
    return section.real("sparsity", effect, Range.BELOW_ONE);
  }

  private static Scope scope(Section section, Effect effect) {
    return section.choice("scope", effect, Scope.class);
  }

  private static DpfOptions dpf(Section section, Effect effect) {
    CubicSparsity curve =
        new CubicSparsity(
            target(section, effect), section.integer("every-epochs", effect, 1, MANY));
    int maskSteps = section.integer("mask-steps", effect, 1, MANY);
    return new DpfOptions(curve, maskSteps, scope(section, effect));
  }

  private static DnwOptions dnw(Section section, Effect effect) {
    return new DnwOptions(target(section, effect), scope(section, effect));
  }

  private static StrOptions str(Section section, Effect effect) {
    double initial = section.real("initial-threshold", effect, Range.FINITE);
    double decay = section.real("threshold-decay", effect, Range.NOT_NEGATIVE);
    return new StrOptions(target(section, effect), initial, decay, scope(section, effect));
  }

  private static DstOptions dst(Section section, Effect effect) {
    double penalty = section.real("penalty", effect, Range.NOT_NEGATIVE);
    return new DstOptions(target(section, effect), penalty, scope(section, effect));
  }

  private static CsOptions cs(Section section, Effect effect) {
    return new CsOptions(
        target(section, effect),
        section.real("initial-mask", effect, Range.SIGNED_ONE),
        section.real("penalty", effect, Range.NOT_NEGATIVE),
        section.real("final-sharpness", effect, Range.ONE_OR_MORE),
        scope(section, effect));
  }

  private static GsmOptions gsm(Section section, Effect effect) {
    double decay = section.real("decay", effect, Range.NOT_NEGATIVE);
    return new GsmOptions(target(section, effect), decay, scope(section, effect));
  }

  private static LcOptions lc(Section section, Effect effect) {
    double decay = section.real("decay", effect, Range.NOT_NEGATIVE);
    double growth = section.real("decay-growth", effect, Range.ONE_OR_MORE);
    return new LcOptions(target(section, effect), decay, growth, scope(section, effect));
  }
}
