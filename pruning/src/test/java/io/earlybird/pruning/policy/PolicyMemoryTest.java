package io.earlybird.pruning.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.pruning.schedule.ScheduleJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyMemoryTest {
  private record Cycle(int number, int start, double discount) {}

  private static PolicyMemory memory(String json) {
    return new PolicyMemory(json, Map.of(), Map.of());
  }

  /** The text is what checkpoints hold: states that were stored once must be read for ever. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1    | {\"number\":2,\"start\":30,\"discount\":1.0}",
        "1e-9 | {\"number\":2,\"start\":30,\"discount\":1.0E-9}",
        "NaN  | {\"number\":2,\"start\":30,\"discount\":\"NaN\"}",
        "-Infinity | {\"number\":2,\"start\":30,\"discount\":\"-Infinity\"}"
      })
  void aStateIsReadAsItWasWritten(double discount, String json) {
    Cycle cycle = new Cycle(2, 30, discount);
    assertThat(PolicyMemory.of(cycle, Map.of())).isEqualTo(memory(json));
    assertThat(memory(json).document(Cycle.class, "imp")).isEqualTo(cycle);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | Missing creator property 'number'",
        "{\"number\":2,\"start\":30,\"start\":31,\"discount\":1.0} | Duplicate field 'start'",
        "{\"number\":2,\"start\":30.5,\"discount\":1.0} | in start",
        "{\"number\":2,\"start\":\"30\",\"discount\":1.0} | in start",
        "{\"number\":2,\"start\":30,\"discount\":1.0} {} | Trailing token",
        "{\"cut\":2,\"layers\":30,\"start\":1} | cut"
      })
  void aDamagedStateAndAnotherPolicysAreToldWithTheirPlace(String json, String problem) {
    assertThatThrownBy(() -> memory(json).document(Cycle.class, "imp"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot resume imp from the policy state " + json)
        .hasMessageContaining(problem)
        .hasMessageEndingWith("; resume with the policy that the run began with");
  }

  /** Found by fuzzing. */
  @Test
  void nullIsNoStateAndNoSchedule() {
    String message =
        "Cannot resume %s from the policy state null, which is damaged or another policy's: it is"
            + " null, must be a JSON object; resume with the policy that the run began with";
    assertThatThrownBy(() -> EarlyBirdMemory.read(memory("null"), List.of(0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message.formatted("early-bird"));
    assertThatThrownBy(() -> memory("null").document(Cycle.class, "imp"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message.formatted("imp"));
    assertThatThrownBy(() -> ScheduleJson.read("null"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid schedule JSON: it is null, must be a JSON object");
  }
}
