package io.earlybird.spark.submit;

import io.earlybird.model.cost.OperationCount;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.spark.settings.Settings;

/**
 * Memory that a run needs, estimated from network and settings.
 *
 * <p>With V the bytes of all values of the network in float32, B the batch size, A the bytes that
 * all nodes put out for one image in the widest precision of the run, X the bytes of one input
 * image:
 *
 * <pre>
 *   driver heap  = 256 MiB + 12 V   shared state, mean, outer state, broadcast blocks, a checkpoint
 *                                   on its way, what a policy remembers
 *   slot heap    = 64 MiB + 8 V     state of the broadcast, a mean in double, the result's slices
 *                + 2 V              stored weights and gradients, where steps use effective weights
 *   slot native  = 4 V + 2 A B      values, momentum, gradients, packed weights; activations and
 *                                   their gradients
 *                + (prefetch + 2) X B   decoded batches
 * </pre>
 *
 * @param stateBytes V
 * @param driverHeap bytes
 * @param slotHeap bytes for each task that runs at a time
 * @param slotNative bytes outside of the heap, for each task that runs at a time
 */
public record MemoryEstimate(long stateBytes, long driverHeap, long slotHeap, long slotNative) {
  /** States that a round brings to the driver at once: values, momentum, with room as much. */
  private static final long RESULT_STATES = 4;

  private static final long LEAST_RESULT = 1L << 30;
  private static final long DRIVER_BASE = 256L << 20;
  private static final long SLOT_BASE = 64L << 20;
  private static final long EXECUTOR_BASE = 384L << 20;
  private static final long PROCESS_OUTSIDE = 512L << 20;
  private static final long DRIVER_STATES = 12;
  private static final long SLOT_STATES = 8;
  private static final long REPARAMETRIZED_STATES = 2;
  private static final long REPLICA_STATES = 4;

  /** The estimate for a run that begins with this network. */
  public static MemoryEstimate of(Network network, Settings settings) {
    long values = (long) ParameterLayout.of(network).length() * Float.BYTES;
    long batch = settings.averaging().batchSize();
    long activations = OperationCount.of(network).activationValues() * activationBytes(settings);
    long copies = settings.sparsity().policy().reparametrizes() ? REPARAMETRIZED_STATES : 0;
    long image = network.imageShape().elements() * (long) Float.BYTES;
    return new MemoryEstimate(
        values,
        DRIVER_BASE + DRIVER_STATES * values,
        SLOT_BASE + (SLOT_STATES + copies) * values,
        REPLICA_STATES * values
            + 2 * activations * batch
            + (settings.data().prefetchBatches() + 2) * image * batch);
  }

  private static int activationBytes(Settings settings) {
    return settings.precisions().stream()
        .mapToInt(
            precision ->
                switch (precision) {
                  case FLOAT64 -> Double.BYTES;
                  case FLOAT32 -> Float.BYTES;
                  case BFLOAT16 -> Short.BYTES;
                })
        .max()
        .orElseThrow();
  }

  /** Heap of an executor that runs so many tasks at a time. */
  long executorHeap(int slots) {
    return EXECUTOR_BASE + slots * slotHeap;
  }

  /** Memory of an executor outside of its heap. */
  long executorOutside(int slots) {
    return PROCESS_OUTSIDE + slots * slotNative;
  }

  /** Heap of a process that is driver and executor at once. */
  public long localHeap(int slots) {
    return driverHeap + slots * slotHeap;
  }

  /** All memory of such a process. */
  public long localTotal(int slots) {
    return localHeap(slots) + slots * slotNative;
  }

  /** What one job may bring to the driver: {@code spark.driver.maxResultSize}. */
  public long resultBytes() {
    return Math.max(LEAST_RESULT, RESULT_STATES * stateBytes);
  }

  @Override
  public String toString() {
    return "driver heap "
        + Bytes.of(driverHeap)
        + ", each task slot "
        + Bytes.of(slotHeap)
        + " of heap and "
        + Bytes.of(slotNative)
        + " outside of it";
  }
}
