package io.earlybird.spark.submit;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Variables that native libraries and allocators read once, before a JVM starts. */
public final class NativeEnvironment {
  private NativeEnvironment() {}

  /** Names of the variables, in order. */
  public static Set<String> names() {
    return of(1).keySet();
  }

  /**
   * Variables of a process whose replicas have so many threads.
   *
   * <p>Threads of OpenMP wait a moment awake, about a millisecond, since waking them takes as long
   * as many a small operation; then they sleep, because other runtimes live in the process. glibc
   * keeps the buffers of a step for the next one and does not give them back to the kernel.
   */
  static Map<String, String> of(int threads) {
    return new TreeMap<>(
        Map.of(
            "OMP_NUM_THREADS", Integer.toString(threads),
            "OPENBLAS_NUM_THREADS", Integer.toString(threads),
            "GOMP_SPINCOUNT", "20000",
            "MALLOC_MMAP_THRESHOLD_", "1073741824",
            "MALLOC_TRIM_THRESHOLD_", "4294967296",
            "MALLOC_TOP_PAD_", "67108864"));
  }
}
