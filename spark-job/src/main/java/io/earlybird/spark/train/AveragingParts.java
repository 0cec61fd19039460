package io.earlybird.spark.train;

import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.LocalSteps;
import io.earlybird.spark.averaging.MomentumTreatment;
import io.earlybird.spark.averaging.OuterStep;
import io.earlybird.spark.averaging.WirePrecision;
import io.earlybird.spark.settings.AveragingSettings;

/** The averaging that settings describe. */
final class AveragingParts {
  private AveragingParts() {}

  static Averaging of(AveragingSettings settings) {
    return new Averaging(
        settings.replicas(),
        settings.replicasPerTask(),
        localSteps(settings),
        MomentumTreatment.valueOf(settings.momentum().name()),
        outerStep(settings.outer()),
        WirePrecision.valueOf(settings.wirePrecision().name()));
  }

  private static LocalSteps localSteps(AveragingSettings settings) {
    return switch (settings.roundRule()) {
      case FIXED -> new LocalSteps.Fixed(settings.stepsPerRound());
      case QSR -> new LocalSteps.Qsr(settings.stepsPerRound(), settings.qsrCoefficient());
    };
  }

  private static OuterStep outerStep(AveragingSettings.Outer outer) {
    return switch (outer.method()) {
      case NONE -> new OuterStep.None();
      case SLOWMO -> new OuterStep.SlowMo(outer.momentum(), outer.learningRate());
      case NESTEROV -> new OuterStep.Nesterov(outer.momentum(), outer.learningRate());
    };
  }
}
