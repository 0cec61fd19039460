package io.earlybird.benchmarks.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchTest {
  private static final Launch LAUNCH =
      new Launch(
          List.of(),
          Launch.variables(
              "OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 OMP_WAIT_POLICY=passive MALLOC_TOP_PAD_=64 "));

  @Test
  void givesEnginesEverythingThatTheLauncherExports() {
    assertThat(LAUNCH.environmentOf(Entrant.of("dl4j"), 2))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "OMP_NUM_THREADS", "2",
                "OPENBLAS_NUM_THREADS", "2",
                "OMP_WAIT_POLICY", "passive",
                "MALLOC_TOP_PAD_", "64"));
  }

  @Test
  void givesThePeerItsThreadsAndTheAllocatorIfTuned() {
    assertThat(LAUNCH.environmentOf(Entrant.of("libtorch"), 2))
        .containsOnlyKeys("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS");
    assertThat(LAUNCH.environmentOf(Entrant.of("libtorch+tuned"), 2))
        .containsOnlyKeys("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MALLOC_TOP_PAD_");
    assertThat(LAUNCH.environmentOf(Entrant.of("libtorch+launcher"), 2))
        .isEqualTo(LAUNCH.environmentOf(Entrant.of("torch"), 2));
  }

  @Test
  void refusesWordsThatAreNoVariables() {
    assertThatThrownBy(() -> Launch.variables("A=1 B"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"B\"");
  }
}
