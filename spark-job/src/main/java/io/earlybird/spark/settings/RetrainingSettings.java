package io.earlybird.spark.settings;

import io.earlybird.pruning.schedule.RetrainingRule;
import io.earlybird.spark.settings.Section.Range;

/**
 * Learning rates of a retraining (specification 3.1).
 *
 * @param schedule which
 * @param learningRate with which the tunable ones begin
 * @param warmUpFraction of the iterations of the tunable ones
 */
public record RetrainingSettings(
    RetrainingRule.Name schedule, double learningRate, double warmUpFraction) {
  static RetrainingSettings read(Section section, Effect effect) {
    return new RetrainingSettings(
        section.choice("schedule", effect, RetrainingRule.Name.class),
        section.real("learning-rate", effect, Range.POSITIVE),
        section.real("warm-up-fraction", effect, Range.BELOW_ONE));
  }

  RetrainingRule rule() {
    return new RetrainingRule(schedule, learningRate, warmUpFraction);
  }
}
