package io.earlybird.data.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochStepsTest {
  @Test
  void cifarHas196StepsOfWhichTheLastTakes80() {
    EpochSteps steps = new EpochSteps(50_000, 1, 256);

    assertThat(steps.count()).isEqualTo(196);
    assertThat(steps.batchSize(194, 0)).isEqualTo(256);
    assertThat(steps.batchSize(195, 0)).isEqualTo(80);
  }

  @Test
  void imageNetHas5005StepsOfWhichTheLastTakes143() {
    EpochSteps steps = new EpochSteps(1_281_167, 8, 32);

    assertThat(steps.count()).isEqualTo(5005);
    int last = 0;
    for (int replica = 0; replica < 8; replica++) {
      assertThat(steps.batchSize(5003, replica)).isEqualTo(32);
      last += steps.batchSize(5004, replica);
    }
    assertThat(last).isEqualTo(143);
    assertThat(steps.batchSize(5004, 0)).isEqualTo(18);
    assertThat(steps.batchSize(5004, 7)).isEqualTo(17);
  }

  @Test
  void replicasWithoutSamplesInTheLastStepHaveAnEmptyBatch() {
    EpochSteps steps = new EpochSteps(35, 8, 4);

    assertThat(steps.count()).isEqualTo(2);
    assertThat(steps.batchSize(1, 2)).isEqualTo(1);
    assertThat(steps.batchSize(1, 3)).isZero();
    assertThat(steps.samples(0, 2, 3)).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "100, 3, 7", "64, 8, 8", "65, 8, 8", "5, 8, 4", "1000, 6, 5"})
  void thePositionsOfAllReplicasAreEachPositionOnce(long samples, int replicas, int batchSize) {
    EpochSteps steps = new EpochSteps(samples, replicas, batchSize);
    int[] seen = new int[(int) samples];
    for (int step = 0; step < steps.count(); step++) {
      for (int replica = 0; replica < replicas; replica++) {
        for (int i = 0; i < steps.batchSize(step, replica); i++) {
          long position = steps.position(step, replica, i);
          assertThat(position % replicas).isEqualTo(replica);
          assertThat(position / steps.jointBatchSize()).isEqualTo(step);
          seen[(int) position]++;
        }
      }
    }
    assertThat(seen).containsOnly(1);
  }

  @Test
  void refusesWhatIsNoStepOrReplica() {
    EpochSteps steps = new EpochSteps(10, 2, 3);

    assertThatThrownBy(() -> steps.batchSize(2, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No step 2 of replica 0: there are 2 steps and 2 replicas");
    assertThatThrownBy(() -> new EpochSteps(10, 0, 3)).hasMessageContaining("0 replicas");
  }
}
