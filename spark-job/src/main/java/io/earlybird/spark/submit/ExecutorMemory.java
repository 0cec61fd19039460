package io.earlybird.spark.submit;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.util.JavaUtils;

/**
 * What an executor really has.
 *
 * <p>The launcher asks for enough, but a cluster may give less: a worker may be smaller, a
 * container may be limited further, an administrator may overrule. So each executor looks before it
 * opens its first replica, and refuses with the setting to raise; otherwise the kernel or the
 * resource manager would kill it without a word, again and again.
 *
 * @param heap the most that the JVM takes for its heap, in bytes
 * @param machine bytes of the machine, or of the container where that is less
 * @param outside bytes that the resource manager allows outside of the heap, where it watches that
 * @param javaCpp bytes that JavaCPP may allocate, where that is limited
 */
public record ExecutorMemory(
    long heap, long machine, Optional<Long> outside, Optional<Long> javaCpp) {
  private static final String SLOT_HEAP = "spark.earlybird.slot.heap";
  private static final String SLOT_OUTSIDE = "spark.earlybird.slot.outside";
  private static final String JAVACPP_LIMIT = "org.bytedeco.javacpp.maxbytes";
  private static final String DRIVER = "driver";

  /** Percent of -Xmx that collectors count as usable, at least. */
  private static final int USABLE_HEAP = 90;

  private static final AtomicBoolean ENOUGH = new AtomicBoolean();

  /** This process. */
  static ExecutorMemory ofThisProcess(SparkConf conf) {
    ClusterKind kind = new Master(conf.get("spark.master")).kind();
    boolean watched = kind == ClusterKind.YARN || kind == ClusterKind.K8S;
    return new ExecutorMemory(
        Runtime.getRuntime().maxMemory(),
        MachineMemory.bytes(),
        watched && conf.contains(ExecutorShape.OUTSIDE)
            ? Optional.of(Sizes.bytes(ExecutorShape.OUTSIDE, conf.get(ExecutorShape.OUTSIDE)))
            : Optional.empty(),
        Optional.ofNullable(System.getProperty(JAVACPP_LIMIT))
            .map(JavaUtils::byteStringAsBytes)
            .filter(bytes -> bytes > 0));
  }

  /**
   * Lets a driver tell its executors what a task needs. Driver only.
   *
   * @param conf of the context that is about to be opened
   */
  public static void announce(MemoryEstimate estimate, SparkConf conf) {
    conf.set(SLOT_HEAP, Long.toString(estimate.slotHeap()));
    conf.set(SLOT_OUTSIDE, Long.toString(estimate.slotNative()));
  }

  /**
   * Looks, once in a process, whether this executor has what its driver has announced.
   *
   * @throws InsufficientMemoryException if it has less
   */
  public static void requireEnough() {
    SparkEnv spark = SparkEnv.get();
    if (spark == null || spark.executorId().equals(DRIVER) || !spark.conf().contains(SLOT_HEAP)) {
      return;
    }
    if (!ENOUGH.get()) {
      SparkConf conf = spark.conf();
      MemoryEstimate estimate =
          new MemoryEstimate(0, 0, conf.getLong(SLOT_HEAP, 0), conf.getLong(SLOT_OUTSIDE, 0));
      int slots = conf.getInt(ExecutorShape.CORES, 1) / conf.getInt("spark.task.cpus", 1);
      ofThisProcess(conf).require(estimate, Math.max(1, slots));
      ENOUGH.set(true);
    }
  }

  /**
   * Compares with what is needed.
   *
   * @param slots tasks that run at a time
   * @throws InsufficientMemoryException if something is missing
   */
  void require(MemoryEstimate estimate, int slots) {
    long heapNeeded = estimate.executorHeap(slots);
    long outsideNeeded = estimate.executorOutside(slots);
    require(
        heap >= heapNeeded / 100 * USABLE_HEAP,
        slots,
        heapNeeded,
        "of heap and has " + Bytes.of(heap),
        "raise spark.executor.memory (or the last number of local-cluster[N,C,M])");
    outside.ifPresent(
        allowed ->
            require(
                allowed >= outsideNeeded,
                slots,
                outsideNeeded,
                "outside of the heap and is allowed " + Bytes.of(allowed),
                "raise spark.executor.memoryOverhead"));
    require(
        machine >= heap + outsideNeeded,
        slots,
        heapNeeded + outsideNeeded,
        "in all, its heap may take "
            + Bytes.of(heap)
            + ", and its machine or container has "
            + Bytes.of(machine),
        "raise spark.executor.memoryOverhead, or the limit of the container");
    javaCpp.ifPresent(
        allowed ->
            require(
                allowed >= slots * estimate.slotNative(),
                slots,
                slots * estimate.slotNative(),
                "for replicas, and JavaCPP may allocate " + Bytes.of(allowed),
                "raise EARLYBIRD_NATIVE_MEMORY, or unset it"));
  }

  private static void require(boolean enough, int slots, long needed, String has, String remedy) {
    if (!enough) {
      throw new InsufficientMemoryException(
          "Cannot run "
              + slots
              + (slots == 1 ? " task" : " tasks")
              + " at a time on this executor: it needs about "
              + Bytes.of(needed)
              + " "
              + has
              + "; "
              + remedy
              + ", or lower spark.executor.cores or averaging.batch-size");
    }
  }
}
