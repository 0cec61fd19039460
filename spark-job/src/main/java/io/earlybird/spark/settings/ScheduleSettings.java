package io.earlybird.spark.settings;

import io.earlybird.pruning.schedule.Compressed;
import io.earlybird.pruning.schedule.ConstantRate;
import io.earlybird.pruning.schedule.CosineDecay;
import io.earlybird.pruning.schedule.LinearDecay;
import io.earlybird.pruning.schedule.RateRecord;
import io.earlybird.pruning.schedule.Schedule;
import io.earlybird.pruning.schedule.StepDecay;
import io.earlybird.pruning.schedule.WarmUp;
import io.earlybird.spark.settings.Section.Range;
import java.util.List;

/**
 * How the learning rate changes.
 *
 * @param kind shape of the curve after the warm-up
 * @param milestones 0-based epochs at whose start the rate is multiplied, ascending (step)
 * @param factor what it is multiplied by (step)
 * @param epochs that the curve is made for, if it is then compressed or stretched to those of the
 *     run; 0 if not
 * @param warmUpEpochs epochs of linear rise, step by step; 0 for none
 * @param warmUpLearningRate where the rise begins
 */
public record ScheduleSettings(
    Kind kind,
    List<Integer> milestones,
    double factor,
    int epochs,
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
        schedule.integer("epochs", Effect.IDENTITY, 0, 100_000),
        optimizer.integer("warm-up-epochs", Effect.IDENTITY, 0, 100_000),
        optimizer.real("warm-up-learning-rate", Effect.IDENTITY, Range.NOT_NEGATIVE));
  }

  /**
   * The rates of a run; with {@code schedule.epochs} by budget-aware conversion (specification
   * 3.6).
   *
   * @param learningRate before any decay
   * @param runEpochs of the run
   */
  public Schedule schedule(double learningRate, int runEpochs) {
    if (epochs == 0) {
      return curve(learningRate, runEpochs);
    }
    return new Compressed(new RateRecord(curve(learningRate, epochs), epochs), runEpochs);
  }

  private Schedule curve(double learningRate, int length) {
    Schedule target =
        switch (kind) {
          case STEP -> new StepDecay(learningRate, factor, milestones);
          case LINEAR -> new LinearDecay(learningRate, length);
          case COSINE -> new CosineDecay(learningRate, length);
          case CONSTANT -> new ConstantRate(learningRate);
        };
    return warmUpEpochs == 0 ? target : new WarmUp(target, warmUpEpochs, warmUpLearningRate);
  }
}
