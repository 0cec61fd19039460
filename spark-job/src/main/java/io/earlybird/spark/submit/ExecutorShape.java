package io.earlybird.spark.submit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What each executor has, and how many there are.
 *
 * @param cores of an executor
 * @param slots tasks that it runs at a time
 * @param instances executors that the run can use
 * @param heap bytes
 * @param outside bytes outside of the heap: replicas, decoded images, the JVM itself
 */
record ExecutorShape(int cores, int slots, int instances, long heap, long outside) {
  static final String CORES = "spark.executor.cores";
  static final String HEAP = "spark.executor.memory";
  static final String OUTSIDE = "spark.executor.memoryOverhead";
  private static final String GPUS = "spark.executor.resource.gpu.amount";
  private static final String TASK_GPUS = "spark.task.resource.gpu.amount";

  /**
   * Computes the shape.
   *
   * @param threads of one replica, which are the cores of a task
   * @param tasks of a round
   * @throws SubmitRefusedException if what a user has set is too little
   */
  static ExecutorShape of(
      MemoryEstimate estimate, int threads, int tasks, Layers layers, Master master) {
    int cores =
        master.executorCores().orElseGet(() -> number(layers.value(CORES), CORES).orElse(threads));
    if (cores < threads) {
      throw new SubmitRefusedException(
          CORES
              + " = "
              + cores
              + ": a task needs engine.threads = "
              + threads
              + " cores; raise the one or lower the other");
    }
    int gpus = number(layers.value(GPUS), GPUS).orElse(Integer.MAX_VALUE);
    int gpusOfTask = Math.max(1, number(layers.value(TASK_GPUS), TASK_GPUS).orElse(1));
    int slots = Math.max(1, Math.min(tasks, Math.min(cores / threads, gpus / gpusOfTask)));
    long heap =
        master
            .executorHeap()
            .orElseGet(() -> Sizes.chosen(HEAP, layers, estimate.executorHeap(slots)));
    requireHeap(heap, estimate.executorHeap(slots), master);
    long outside = Sizes.chosen(OUTSIDE, layers, estimate.executorOutside(slots));
    return new ExecutorShape(cores, slots, (tasks + slots - 1) / slots, heap, outside);
  }

  private static void requireHeap(long heap, long needed, Master master) {
    if (heap < needed) {
      throw new SubmitRefusedException(
          "Cannot use --master "
              + master.url()
              + ": an executor has "
              + Bytes.of(heap)
              + " of heap and needs about "
              + Bytes.of(needed)
              + "; raise the last number, which is in MiB");
    }
  }

  private static Optional<Integer> number(Optional<String> text, String key) {
    try {
      return text.map(Integer::valueOf);
    } catch (NumberFormatException e) {
      throw new SubmitRefusedException(
          "Invalid " + key + " = " + text.orElseThrow() + ": must be a whole number");
    }
  }

  /** The settings of Spark that say so, those that a user has set left out. */
  Map<String, String> settings(Layers layers, Master master, int threads) {
    Map<String, String> settings = new TreeMap<>();
    settings.put(CORES, Integer.toString(cores));
    switch (master.kind()) {
      case LOCAL -> {}
      case STANDALONE -> settings.put("spark.cores.max", Integer.toString(instances * cores));
      case YARN, K8S -> settings.put("spark.executor.instances", Integer.toString(instances));
    }
    if (layers.on("spark.dynamicAllocation.enabled")) {
      settings.remove("spark.executor.instances");
      settings.put("spark.dynamicAllocation.maxExecutors", Integer.toString(instances));
    }
    settings.keySet().removeIf(key -> layers.given(key).isPresent());
    settings.put("spark.task.cpus", Integer.toString(threads));
    settings.put(HEAP, Sizes.text(heap));
    settings.put(OUTSIDE, Sizes.text(outside));
    return settings;
  }

  /** What a user is told. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        instances
            + (instances == 1 ? " executor of " : " executors of ")
            + cores
            + (cores == 1 ? " core, " : " cores, ")
            + slots
            + (slots == 1 ? " task" : " tasks")
            + " at a time: "
            + Bytes.of(heap)
            + " of heap and "
            + Bytes.of(outside)
            + " outside of it");
    return notes;
  }
}
