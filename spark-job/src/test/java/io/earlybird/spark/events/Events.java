package io.earlybird.spark.events;

import io.earlybird.pruning.policy.Phase;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One event of each kind. */
final class Events {
  static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");

  static final EpochEvent EPOCH =
      new EpochEvent(
          TIME,
          7,
          Phase.SEARCH,
          0,
          0.01,
          1.25,
          0.5,
          1.5,
          0.4375,
          0.75,
          Map.of("0.5", 0.125, "0.3", 0.0625),
          1234.5,
          new EpochSeconds(10, 5, 1, 0.5, 0.25, 2, 0.125, 1.125),
          11_689_512,
          3_637_254_632L,
          1_396_705_778_688_000L,
          List.of(3, 0, 61));

  static final TicketEvent TICKET =
      new TicketEvent(TIME, 7, 0.5, "consecutive", List.of(0.09, 0.08));

  private Events() {}

  static SwitchEvent change() {
    Map<String, Integer> kept = new LinkedHashMap<>();
    kept.put("conv1", 60);
    kept.put("bn1", 30);
    return new SwitchEvent(TIME, 7, 0.5, "union", 100, 40, 1000, 300, kept, 0.5, 0.25);
  }

  static SummaryEvent summary() {
    return new SummaryEvent(TIME, 90, 0.75, 0.76, 700, 1000, 0.3, 86_500.5, 12.5);
  }
}
