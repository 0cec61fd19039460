package io.earlybird.spark.cli;

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
 *   slot native  = 4 V + 2 A B      values, momentum, gradients, packed weights; activations and
 *                                   their gradients
 *                + (prefetch + 2) X B   decoded batches
 * </pre>
 *
 * @param driverHeap bytes
 * @param slotHeap bytes for each task that runs at a time
 * @param slotNative bytes outside of the heap, for each task that runs at a time
 */
record MemoryEstimate(long driverHeap, long slotHeap, long slotNative) {
  private static final long DRIVER_BASE = 256L << 20;
  private static final long SLOT_BASE = 64L << 20;
  private static final long DRIVER_STATES = 12;
  private static final long SLOT_STATES = 8;
  private static final long REPLICA_STATES = 4;

  static MemoryEstimate of(Network network, Settings settings) {
    long values = (long) ParameterLayout.of(network).length() * Float.BYTES;
    long batch = settings.averaging().batchSize();
    long activations = OperationCount.of(network).activationValues() * activationBytes(settings);
    long image = network.imageShape().elements() * (long) Float.BYTES;
    return new MemoryEstimate(
        DRIVER_BASE + DRIVER_STATES * values,
        SLOT_BASE + SLOT_STATES * values,
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

  /** Heap of a process that is driver and executor at once. */
  long localHeap(int slots) {
    return driverHeap + slots * slotHeap;
  }

  /** All memory of such a process. */
  long localTotal(int slots) {
    return localHeap(slots) + slots * slotNative;
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
