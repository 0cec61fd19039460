package io.earlybird.spark.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.pruning.policy.Phase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SavingsTest {
  @Test
  void timeIsThatOfAllEpochsAtTheMedianBeforeTheSwitchLessWhatTheRunTook() {
    // 90 epochs of 10 FLOPs, dense; epochs before the switch take 30, 10 and 10 s; the run 600 s
    List<Event> events =
        List.of(
            epoch(1, 30),
            epoch(2, 10),
            epoch(3, 10),
            change(3, 100, 50),
            epoch(4, 5),
            new SummaryEvent(Events.TIME, 90, 0.75, 0.76, 600, 900, 1.0 / 3, 600, 1));
    assertThat(Savings.sentence(events))
        .contains(
            "saved against dense: 33.3 % of the training FLOPs, 70.0 % of those an image, 50.0 % of"
                + " the parameters, about 5 min 00 s by the epochs before the switch");
  }

  @Test
  void cutsThatFollowEachOtherAreTakenTogether() {
    List<Event> events =
        List.of(
            change(3, 100, 50),
            change(4, 50, 20),
            new SummaryEvent(Events.TIME, 90, 0.75, 0.76, 1000, 900, -0.1, 600, 1));
    assertThat(Savings.sentence(events))
        .contains("saved against dense: 70.0 % of those an image, 80.0 % of the parameters");
  }

  @Test
  void aDenseRunSavesNothing() {
    SummaryEvent summary = new SummaryEvent(Events.TIME, 9, 0.75, 0.76, 900, 900, 0, 600, 1);
    assertThat(Savings.sentence(List.of(epoch(1, 30), summary)))
        .contains("saved against dense: nothing, no channel was cut");
    assertThat(Savings.sentence(List.of(epoch(1, 30)))).isEmpty();
  }

  private static SwitchEvent change(int epoch, long before, long after) {
    return new SwitchEvent(
        Events.TIME, epoch, 0.5, "union", before, after, 1000, 300, Map.of(), 0.5, 0.25);
  }

  private static EpochEvent epoch(int epoch, double seconds) {
    return new EpochEvent(
        Events.TIME,
        epoch,
        Phase.SEARCH,
        0,
        0.01,
        1.25,
        0.5,
        1.5,
        0.4375,
        0.75,
        Map.of(),
        1234.5,
        new EpochSeconds(seconds, seconds, 0, 0, 0, 0, 0, 0),
        100,
        1000,
        10L * epoch,
        List.of());
  }
}
