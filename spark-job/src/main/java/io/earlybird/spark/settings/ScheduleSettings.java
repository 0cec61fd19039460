package io.earlybird.spark.settings;

import io.earlybird.spark.settings.Section.Range;
import java.util.List;

/**
 * How the learning rate changes.
 *
 * @param kind shape of the curve after the warm-up
 * @param milestones 0-based epochs at whose start the rate is multiplied, ascending (step)
 * @param factor what it is multiplied by (step)
 * @param finalLearningRate rate at the end of the run (linear, cosine)
 * @param warmUpEpochs epochs of linear rise, step by step; 0 for none
 * @param warmUpLearningRate where the rise begins
 */
public record ScheduleSettings(
    Kind kind,
    List<Integer> milestones,
    double factor,
    double finalLearningRate,
    int warmUpEpochs,
    double warmUpLearningRate) {
  /** Shapes. */
  public enum Kind {
    STEP,
    LINEAR,
    COSINE,
    CONSTANT;

    /** Whether the rate of an epoch depends on how many epochs there are. */
    public boolean dependsOnEpochs() {
      return this == LINEAR || this == COSINE;
    }
  }

  static ScheduleSettings read(Section optimizer) {
    Section schedule = optimizer.section("schedule");
    List<Integer> milestones = schedule.integers("milestones", Effect.IDENTITY, 1);
    schedule.require(
        milestones.stream().sorted().distinct().toList().equals(milestones),
        schedule.key("milestones") + " = " + milestones + ": must ascend");
    return new ScheduleSettings(
        schedule.choice("kind", Effect.IDENTITY, Kind.class),
        milestones,
        schedule.real("factor", Effect.IDENTITY, Range.POSITIVE),
        schedule.real("final-learning-rate", Effect.IDENTITY, Range.NOT_NEGATIVE),
        optimizer.integer("warm-up-epochs", Effect.IDENTITY, 0, 100_000),
        optimizer.real("warm-up-learning-rate", Effect.IDENTITY, Range.NOT_NEGATIVE));
  }
}
