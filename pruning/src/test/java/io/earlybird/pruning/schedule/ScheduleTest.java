package io.earlybird.pruning.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {
  private static final int STEPS = 196;

  static Stream<Schedule> schedules() {
    return Stream.of(
        new ConstantRate(0.05),
        new StepDecay(0.1, 0.1, List.of(80, 120)),
        new LinearDecay(0.1, 160),
        new CosineDecay(0.1, 160),
        new WarmUp(new StepDecay(0.4, 0.1, List.of(30, 60, 80)), 5, 0.1),
        new Restarted(new LinearDecay(0.1, 160), 7));
  }

  @Test
  void stepDecayEqualsSequentialMultiplicationForEveryEpochAndResumeEpoch() {
    List<Integer> decays = List.of(80, 120, 121, 150);
    Schedule schedule = new StepDecay(0.1, 0.1, decays);
    double sequential = 0.1;
    for (int epoch = 0; epoch < 160; epoch++) {
      if (decays.contains(epoch)) {
        sequential *= 0.1;
      }
      for (int step : new int[] {0, 1, STEPS - 1}) {
        assertThat(schedule.learningRate(epoch, step, STEPS)).isEqualTo(sequential);
      }
    }
    // A run resumed at any epoch asks the same function: late tickets have their decays.
    assertThat(schedule.learningRate(130, 0, STEPS)).isEqualTo(0.1 * 0.1 * 0.1 * 0.1);
  }

  @Test
  void publishedRecipesHaveTheirRates() {
    Schedule cifar = new StepDecay(0.1, 0.1, List.of(80, 120));
    assertThat(cifar.learningRate(79, 195, STEPS)).isEqualTo(0.1);
    assertThat(cifar.learningRate(80, 0, STEPS)).isCloseTo(0.01, within(1e-17));
    assertThat(cifar.learningRate(159, 0, STEPS)).isCloseTo(0.001, within(1e-17));
    Schedule small = new StepDecay(0.01, 0.1, List.of(100));
    assertThat(small.learningRate(99, 0, STEPS)).isEqualTo(0.01);
    assertThat(small.learningRate(100, 0, STEPS)).isEqualTo(0.001);
  }

  @Test
  void linearScheduleFallsByIterationAndNeverReachesZeroInsideTheRun() {
    Schedule schedule = new LinearDecay(0.08, 2);
    assertThat(schedule.learningRate(0, 0, 9)).isEqualTo(0.08);
    assertThat(schedule.learningRate(1, 0, 9)).isEqualTo(0.04);
    assertThat(schedule.learningRate(1, 8, 9)).isCloseTo(0.08 / 18, within(1e-15));
  }

  @Test
  void budgetAwareSchedulesCompressInsteadOfTruncating() {
    for (int epoch = 0; epoch < 4; epoch++) {
      assertThat(new LinearDecay(0.1, 4).learningRate(epoch, 5, 10))
          .isEqualTo(new LinearDecay(0.1, 8).learningRate(2 * epoch + 1, 0, 10));
    }
  }

  @Test
  void cosineScheduleIsHalfInTheMiddle() {
    Schedule schedule = new CosineDecay(0.2, 10);
    assertThat(schedule.learningRate(0, 0, 7)).isEqualTo(0.2);
    assertThat(schedule.learningRate(5, 0, 7)).isCloseTo(0.1, within(1e-15));
    assertThat(schedule.learningRate(9, 6, 7)).isPositive().isLessThan(0.001);
  }

  @Test
  void warmUpRisesLinearlyToTheTargetAtTheEpochMarks() {
    Schedule schedule = new WarmUp(new StepDecay(0.4, 0.1, List.of(30, 60, 80)), 5, 0.1);
    double[] marks = {0.1, 0.16, 0.22, 0.28, 0.34, 0.4};
    for (int epoch = 0; epoch < marks.length; epoch++) {
      assertThat(schedule.learningRate(epoch, 0, 5005)).isCloseTo(marks[epoch], within(1e-15));
    }
    assertThat(schedule.learningRate(0, 2502, 5004)).isCloseTo(0.13, within(1e-15));
    assertThat(schedule.learningRate(30, 0, 5005)).isCloseTo(0.04, within(1e-17));
  }

  @Test
  void restartedScheduleBeginsAnew() {
    Schedule schedule = new Restarted(new StepDecay(0.1, 0.1, List.of(2)), 7);
    assertThat(schedule.learningRate(7, 0, 3)).isEqualTo(0.1);
    assertThat(schedule.learningRate(9, 0, 3)).isEqualTo(0.1 * 0.1);
    assertThatThrownBy(() -> schedule.learningRate(6, 0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("restarts at 7");
  }

  @Test
  void onlyCurvesStretchedOverTheRunHaveAHorizon() {
    assertThat(new ConstantRate(0.1).horizon()).isEmpty();
    assertThat(new StepDecay(0.1, 0.1, List.of(3)).horizon()).isEmpty();
    assertThat(new WarmUp(new ConstantRate(0.1), 5, 0).horizon()).isEmpty();
    assertThat(new LinearDecay(0.1, 9).horizon()).hasValue(9);
    assertThat(new WarmUp(new CosineDecay(0.1, 9), 5, 0).horizon()).hasValue(9);
    assertThat(new Restarted(new CosineDecay(0.1, 9), 4).horizon()).hasValue(13);
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void jsonGivesTheSameScheduleBack(Schedule schedule) {
    String json = ScheduleJson.write(schedule);
    assertThat(ScheduleJson.read(json)).isEqualTo(schedule);
    assertThat(ScheduleJson.write(ScheduleJson.read(json))).isEqualTo(json);
    assertThat(schedule.describe()).isNotBlank();
  }

  @Test
  void stepsOutsideTheEpochOrTheHorizonAreRefused() {
    assertThatThrownBy(() -> new ConstantRate(0.1).learningRate(0, 196, STEPS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid step 196 of epoch 0");
    assertThatThrownBy(() -> new LinearDecay(0.1, 3).learningRate(3, 0, STEPS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("covers 3 epochs");
  }

  @Test
  void invalidSchedulesAreRefusedWithTheirValues() {
    assertThatThrownBy(() -> new StepDecay(0.1, 0.1, List.of(80, 80)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[80, 80]");
    assertThatThrownBy(() -> new ConstantRate(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1.0");
    assertThatThrownBy(() -> ScheduleJson.read("{\"kind\":\"constant\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid schedule JSON");
  }
}
