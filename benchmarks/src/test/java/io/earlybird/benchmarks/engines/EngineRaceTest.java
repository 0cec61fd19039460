package io.earlybird.benchmarks.engines;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.benchmarks.race.Lap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineRaceTest {
  private static List<Lap> laps(double seconds) {
    return List.of(new Lap(0, 1, seconds, seconds));
  }

  @Test
  void countsTheFastestLibtorchLoopAsThePeer() {
    Map<String, List<Lap>> laps =
        Map.of("libtorch", laps(3), "libtorch-nhwc+tuned", laps(2), "dl4j", laps(1));
    assertThat(EngineRace.bestPeer(laps)).isEqualTo("libtorch-nhwc+tuned");
  }

  @Test
  void hasNoPeerWithoutALibtorchLoop() {
    assertThat(EngineRace.bestPeer(Map.of("dl4j", laps(1)))).isEmpty();
  }
}
