package io.earlybird.benchmarks.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.benchmarks.contest.Subject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkerProcessTest {
  private static final Launch LAUNCH =
      new Launch(List.of("-Xmx512m", "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"), Map.of());

  /** Nothing else in the process has initialized libraries before. */
  @ParameterizedTest
  @EnumSource
  void takesTurnsInAProcessOfItsOwn(Kind kind) {
    Entrant entrant = new Entrant(kind, Set.of());
    Subject subject = Subject.dense("preresnet-20");
    try (WorkerProcess worker = WorkerProcess.start(kind.label(), LAUNCH, entrant, subject, 2, 1)) {
      Lap lap = worker.turn(Work.TRAINING, 3, 2);
      assertThat(lap.round()).isEqualTo(3);
      assertThat(lap.steps()).isEqualTo(2);
      assertThat(lap.seconds()).isPositive();
      assertThat(worker.turn(Work.INFERENCE, 3, 1).seconds()).isPositive();
      assertThat(worker.peakMebibytes()).isPositive();
    }
  }
}
