package io.earlybird.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryEstimateTest {
  private static final long MEBI = 1 << 20;

  /** ResNet-50 has 25,557,032 parameters and 53,120 running statistics: V is 97.7 MiB. */
  @Test
  void theDriverOfResnet50NeedsItsBaseAndTwelveStates() {
    MemoryEstimate estimate = estimate(8);
    long state = 4L * (25_557_032 + 53_120);
    assertThat(estimate.driverHeap()).isEqualTo(256 * MEBI + 12 * state);
    assertThat(estimate.slotHeap()).isEqualTo(64 * MEBI + 8 * state);
    assertThat(estimate.localHeap(2)).isEqualTo(estimate.driverHeap() + 2 * estimate.slotHeap());
  }

  @Test
  void effectiveWeightsTakeTwoStatesMoreAndSoftMasksAreStates() {
    long state = estimate(8).stateBytes();
    assertThat(estimate(8, "sparsity.policy=gsm").slotHeap()).isEqualTo(64 * MEBI + 10 * state);
    long masked = estimate(8, "sparsity.policy=cs").stateBytes();
    // all values but 26,560 gammas and betas, as many running ones, and 1,000 biases have a mask
    assertThat(masked).isEqualTo(2 * state - 4L * (4 * 26_560 + 1_000));
  }

  @Test
  void memoryOutsideOfTheHeapGrowsWithTheBatch() {
    long eight = estimate(8).slotNative();
    long sixteen = estimate(16).slotNative();
    long twentyFour = estimate(24).slotNative();
    assertThat(sixteen - eight).isPositive().isEqualTo(twentyFour - sixteen);
  }

  @Test
  void activationsOfARunInBfloat16TakeHalfTheMemoryUnlessItSearchesInFloat32() {
    // two batches wait by default, one is decoded into, one is read
    long images = (2 + 2) * 8 * 3L * 224 * 224 * Float.BYTES;
    long ofNoBatch = 2 * estimate(8).slotNative() - estimate(16).slotNative();
    long single = estimate(8).slotNative();
    long half = estimate(8, "engine.precision=bfloat16").slotNative();
    long retrain = estimate(8, "sparsity.early-bird.retrain-precision=bfloat16").slotNative();
    assertThat(retrain).isEqualTo(single);
    assertThat(half).isLessThan(single).isGreaterThan(single / 2);
    assertThat(2 * (single - half)).isEqualTo(single - ofNoBatch - images);
  }

  private static MemoryEstimate estimate(int batch, String... more) {
    List<String> overrides =
        new ArrayList<>(
            List.of("data.train=a", "data.validation=b", "averaging.batch-size=" + batch));
    overrides.addAll(List.of(more));
    Settings settings = Settings.of(overrides);
    return MemoryEstimate.of(settings.begunNetwork(), settings);
  }
}
