package io.earlybird.pruning.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.pruning.schedule.RetrainingRule.Name;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Worked numbers of specification 3.1, 3.2, 3.6 and 3.8. */
class RetrainingTest {
  /** [.1 x 5, .01 x 3, .001 x 2]. */
  private static final RateRecord SHORT =
      new RateRecord(new StepDecay(0.1, 0.1, List.of(5, 8)), 10);

  /** [.1 x 10, .01 x 5, .001 x 5]. */
  private static final RateRecord LONG =
      new RateRecord(new StepDecay(0.1, 0.1, List.of(10, 15)), 20);

  private static double[] rates(Schedule schedule, int epochs, int stepsPerEpoch) {
    double[] rates = new double[epochs * stepsPerEpoch];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = schedule.learningRate(i / stepsPerEpoch, i % stepsPerEpoch, stepsPerEpoch);
    }
    return rates;
  }

  private static double[] rates(Name name, RateRecord record, int epochs, int stepsPerEpoch) {
    return rates(RetrainingRule.of(name).schedule(record, epochs, 1), epochs, stepsPerEpoch);
  }

  @ParameterizedTest(name = "{0} epochs of {1} steps")
  @CsvSource({"20, 1", "5, 4", "1, 20"})
  void llrHasTheRatesOfTheSpecification(int epochs, int stepsPerEpoch) {
    RateRecord record = new RateRecord(new ConstantRate(0.08), 30);
    double[] rates = rates(Name.LLR, record, epochs, stepsPerEpoch);
    assertThat(rates[0]).isZero();
    assertThat(rates[1]).isCloseTo(0.04, within(1e-15));
    assertThat(rates[2]).isEqualTo(0.08);
    assertThat(rates[3]).isCloseTo(0.07556, within(5e-6));
    assertThat(rates[4]).isCloseTo(0.07111, within(5e-6));
    assertThat(rates[18]).isCloseTo(0.00889, within(5e-6));
    assertThat(rates[19]).isCloseTo(0.00444, within(5e-6)).isCloseTo(0.08 / 18, within(1e-15));
  }

  @Test
  void slrCompressesTheRecordAndMaySkipItsLastStage() {
    assertThat(rates(Name.SLR, SHORT, 4, 1))
        .containsExactly(new double[] {0.1, 0.1, 0.01, 0.01}, within(1e-17));
  }

  @Test
  void slrReplacesTheWarmUpOfTheRecordByItsLargestRate() {
    RateRecord record =
        new RateRecord(new WarmUp(new StepDecay(0.1, 0.1, List.of(5, 8)), 3, 0.001), 10);
    assertThat(rates(Name.SLR, record, 5, 1))
        .containsExactly(new double[] {0.1, 0.1, 0.1, 0.01, 0.001}, within(1e-17));
  }

  @Test
  void lrwRepeatsTheLastRates() {
    double a = 0.1 * 0.1;
    double b = a * 0.1;
    assertThat(rates(Name.LRW, LONG, 8, 1)).containsExactly(a, a, a, b, b, b, b, b);
  }

  @Test
  void lrwOverAsManyEpochsAsWereRecordedIsTheRecord() {
    assertThat(rates(Name.LRW, LONG, 20, 7)).isEqualTo(rates(LONG.schedule(), 20, 7));
  }

  @Test
  void lrwLongerThanItsRecordIsRefused() {
    assertThatThrownBy(() -> RetrainingRule.of(Name.LRW).schedule(LONG, 21, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("21 epochs by rewinding (lrw): the record has 20");
  }

  @Test
  void ftKeepsTheSmallestRateWithoutTheWarmUp() {
    RateRecord record = new RateRecord(new WarmUp(LONG.schedule(), 2, 0.0001), 20);
    assertThat(rates(Name.FT, record, 3, 2))
        .hasSize(6)
        .containsOnly(record.schedule().learningRate(19, 0, 1));
  }

  @Test
  void clrFallsFromTheLargestToTheSmallestRate() {
    double[] rates = rates(Name.CLR, LONG, 20, 1);
    assertThat(rates[0]).isZero();
    assertThat(rates[2]).isEqualTo(0.1);
    // half of the 18 iterations after the warm-up
    assertThat(rates[11]).isCloseTo((0.1 + 0.001) / 2, within(1e-15));
    assertThat(rates[19])
        .isCloseTo(0.001 + 0.099 * (1 + Math.cos(Math.PI * 17 / 18)) / 2, within(1e-15));
  }

  @Test
  void sumOfLlrIsHalfOfItsPeakTimesItsLength() {
    double sum = 0;
    for (double rate : rates(Name.LLR, new RateRecord(new ConstantRate(0.1), 5), 10, 200)) {
      sum += rate;
    }
    // main part a * n_r / 2 and a rise of a * n_w / 2, which together are a * n / 2
    assertThat(sum).isCloseTo(0.1 * 2000 / 2, within(0.1));
  }

  @Test
  void allrIsLlrWithADiscount() {
    RateRecord record = new RateRecord(new ConstantRate(0.1), 200);
    double[] rates = rates(RetrainingRule.of(Name.ALLR).schedule(record, 10, 0.57735), 10, 10);
    assertThat(rates[10]).isCloseTo(0.0577350, within(1e-15));
    assertThat(rates[11]).isCloseTo(0.0577350 * (1 - 1.0 / 90), within(1e-15));
  }

  @Test
  void fewerThanTenIterationsHaveNoWarmUp() {
    RateRecord record = new RateRecord(new ConstantRate(0.08), 5);
    assertThat(rates(Name.LLR, record, 9, 1)[0]).isEqualTo(0.08);
    assertThat(rates(Name.LLR, record, 10, 1)[0]).isZero();
  }

  @Test
  void tunableOnesBeginWhereTheUserWants() {
    double[] constant = rates(new RetrainingRule(Name.CONSTANT, 0.3, 0).schedule(LONG, 4, 1), 4, 1);
    assertThat(constant).containsOnly(0.3);
    double[] linear = rates(new RetrainingRule(Name.LINEAR, 0.3, 0.5).schedule(LONG, 4, 1), 4, 1);
    assertThat(linear).containsExactly(new double[] {0, 0.15, 0.3, 0.15}, within(1e-15));
    double[] cosine = rates(new RetrainingRule(Name.COSINE, 0.3, 0).schedule(LONG, 2, 1), 2, 1);
    assertThat(cosine).containsExactly(new double[] {0.3, 0.15}, within(1e-15));
    double[] stepped = rates(new RetrainingRule(Name.STEPPED, 0.2, 0).schedule(SHORT, 4, 1), 4, 1);
    assertThat(stepped).containsExactly(new double[] {0.2, 0.2, 0.02, 0.02}, within(1e-15));
  }

  @Test
  void budgetAwareConversionCompressesAndStretches() {
    double[] record = rates(LONG.schedule(), 20, 1);
    assertThat(rates(Name.BUDGET_AWARE, LONG, 4, 1))
        .containsExactly(record[0], record[5], record[10], record[15]);
    assertThat(rates(new Compressed(SHORT, 20), 20, 1))
        .isEqualTo(rates(new StepDecay(0.1, 0.1, List.of(10, 16)), 20, 1));
    // a linear record of 8 iterations at progress 0, 1/4, 1/2, 3/4
    RateRecord linear = new RateRecord(new LinearDecay(0.4, 8), 8);
    assertThat(rates(new Compressed(linear, 4), 4, 1))
        .containsExactly(new double[] {0.4, 0.3, 0.2, 0.1}, within(1e-15));
  }

  @ParameterizedTest
  @EnumSource(Name.class)
  void everyRuleKeepsItsRatesWhenStored(Name name) {
    Schedule schedule = new RetrainingRule(name, 0.05, 0.2).schedule(LONG, 6, 0.25);
    assertThat(ScheduleJson.read(ScheduleJson.write(schedule))).isEqualTo(schedule);
    for (double rate : rates(schedule, 6, 5)) {
      assertThat(rate).isBetween(0.0, 0.1);
    }
    assertThat(schedule.horizon()).hasValue(6);
    assertThat(schedule.describe()).contains("20 epochs of 0.1 x 0.1 at epochs [10, 15]");
    assertThatThrownBy(() -> schedule.learningRate(6, 0, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("covers 6 epochs");
  }

  @Test
  void recordsThatAreMostlyWarmUpOrTooLongAreRefused() {
    Schedule warm = new WarmUp(new ConstantRate(0.1), 6, 0);
    assertThatThrownBy(() -> new RateRecord(warm, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("6 of them are a warm-up");
    assertThatThrownBy(() -> new RateRecord(new LinearDecay(0.1, 8), 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the schedule covers 8");
  }
}
