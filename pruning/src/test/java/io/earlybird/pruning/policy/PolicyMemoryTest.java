package io.earlybird.pruning.policy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.pruning.schedule.ScheduleJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyMemoryTest {
  private record Anything(int epochs) {}

  /** Found by fuzzing. */
  @Test
  void nullIsNoStateAndNoSchedule() {
    PolicyMemory memory = new PolicyMemory("null", Map.of(), Map.of());
    assertThatThrownBy(() -> EarlyBirdMemory.read(memory, List.of(0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot resume early-bird: its policy state is null");
    assertThatThrownBy(() -> memory.document(Anything.class, "imp"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot resume imp: its policy state is null");
    assertThatThrownBy(() -> ScheduleJson.read("null"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid schedule JSON: it is null");
  }
}
