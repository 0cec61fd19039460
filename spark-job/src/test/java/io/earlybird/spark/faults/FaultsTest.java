package io.earlybird.spark.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.faults.Training.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short part of {@link FaultSuiteTest}. */
@Tag("own-jvm")
class FaultsTest {
  private static final long SEED = 7;
  private static final int EPOCHS = 3;

  @TempDir private Path directory;

  @Test
  void aRunThatIsStruckAgainAndAgainEndsWithTheBitsOfOneThatIsNot() throws Exception {
    try (Lab lab = Lab.open(directory)) {
      ItemClock clock = new ItemClock();
      Result undisturbed =
          new Training(lab, "whole", Map.of(), EPOCHS)
              .run(new Schedule(lab, SEED, clock, List.of()));
      List<Fault> faults =
          List.of(
              Faults.executorKilled(Phase.COMPUTE),
              Faults.executorKilled(Phase.REDUCE),
              Faults.dataNodeKilled(Phase.CHECKPOINT, "create momentum"),
              Faults.driverKilled(Phase.CHECKPOINT, "rename manifest"),
              Faults.checkpointDamaged("struck", "parameters.safetensors"));
      Schedule schedule = new Schedule(lab, SEED, clock, faults);
      Training struck = new Training(lab, "struck", Map.of(), EPOCHS);

      assertThat(struck.run(schedule)).isEqualTo(undisturbed);
      assertThat(schedule.over(struck.output())).hasSameSizeAs(faults);
    }
  }
}
