package io.earlybird.spark.submit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An executor of two tasks that need 100 MiB of heap and 300 MiB outside of it each. */
class ExecutorMemoryTest {
  private static final long MEBI = 1 << 20;
  private static final int SLOTS = 2;
  private static final MemoryEstimate ESTIMATE =
      new MemoryEstimate(10 * MEBI, 400 * MEBI, 100 * MEBI, 300 * MEBI);
  private static final long HEAP = ESTIMATE.executorHeap(SLOTS);
  private static final long OUTSIDE = ESTIMATE.executorOutside(SLOTS);

  @Test
  void whatTheLauncherAsksForIsEnough() {
    assertThatCode(() -> require(HEAP, HEAP + OUTSIDE, OUTSIDE, OUTSIDE))
        .doesNotThrowAnyException();
  }

  @Test
  void aSmallHeapIsRefused() {
    refused(
        HEAP / 2,
        Long.MAX_VALUE,
        OUTSIDE,
        OUTSIDE,
        "Cannot run 2 tasks at a time on this executor: it needs about "
            + Bytes.of(HEAP)
            + " of heap and has "
            + Bytes.of(HEAP / 2)
            + "; raise spark.executor.memory");
  }

  @Test
  void aSmallAllowanceOfTheResourceManagerIsRefused() {
    refused(
        HEAP,
        Long.MAX_VALUE,
        OUTSIDE - 1,
        OUTSIDE,
        "raise spark.executor.memoryOverhead, or lower spark.executor.cores");
  }

  @Test
  void aContainerThatHoldsTheHeapOnlyIsRefused() {
    refused(
        HEAP,
        HEAP + OUTSIDE - MEBI,
        OUTSIDE,
        OUTSIDE,
        "its machine or container has " + Bytes.of(HEAP + OUTSIDE - MEBI));
  }

  @Test
  void aLimitOfJavaCppBelowTheReplicasIsRefused() {
    refused(HEAP, Long.MAX_VALUE, OUTSIDE, 599 * MEBI, "JavaCPP may allocate 599 MiB");
  }

  @Test
  void whatNobodyWatchesIsNotCompared() {
    assertThatCode(
            () ->
                new ExecutorMemory(HEAP, HEAP + OUTSIDE, Optional.empty(), Optional.empty())
                    .require(ESTIMATE, SLOTS))
        .doesNotThrowAnyException();
  }

  private static void refused(long heap, long machine, long outside, long javaCpp, String message) {
    assertThatThrownBy(() -> require(heap, machine, outside, javaCpp))
        .isInstanceOf(InsufficientMemoryException.class)
        .hasMessageContaining(message);
  }

  private static void require(long heap, long machine, long outside, long javaCpp) {
    new ExecutorMemory(heap, machine, Optional.of(outside), Optional.of(javaCpp))
        .require(ESTIMATE, SLOTS);
  }
}
