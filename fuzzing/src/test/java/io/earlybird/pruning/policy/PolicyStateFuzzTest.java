package io.earlybird.pruning.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.earlybird.pruning.schedule.ScheduleJson;
import io.earlybird.pruning.schedule.StepDecay;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyStateFuzzTest {
  static Stream<Arguments> seeds() {
    return Stream.of(
            "{\"channels\":7,\"masks\":3,\"emerged\":{\"0.5\":7},\"switchedAt\":7}",
            ScheduleJson.write(new StepDecay(0.1, 0.1, List.of(30, 60))))
        .map(json -> Arguments.of((Object) json.getBytes(StandardCharsets.UTF_8)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void theStateIsReadOrRefused(byte[] bytes) {
    String json = new String(bytes, StandardCharsets.UTF_8);
    BitSet bits = BitSet.valueOf(bytes);
    try {
      EarlyBirdMemory memory =
          EarlyBirdMemory.read(
              new PolicyMemory(json, Map.of(), Map.of("masks.0.5", bits)), List.of(0.5));
      EarlyBirdMemory again = EarlyBirdMemory.read(memory.write(), List.of(0.5));
      assertThat(again.masks()).isEqualTo(memory.masks());
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    try {
      assertThat(ScheduleJson.read(json)).isNotNull();
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
