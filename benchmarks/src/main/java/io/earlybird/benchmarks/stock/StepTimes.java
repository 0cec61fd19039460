package io.earlybird.benchmarks.stock;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Wall and CPU time of steps; the CPU time is that of all threads of the process. */
final class StepTimes {
  private static final double NANOS = 1e9;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final List<Double> seconds = new ArrayList<>();
  private double cpuSeconds;

  /** Runs and times one step. */
  void measure(Runnable step) {
    long start = System.nanoTime();
    long cpuStart = SYSTEM.getProcessCpuTime();
    step.run();
    cpuSeconds += (SYSTEM.getProcessCpuTime() - cpuStart) / NANOS;
    seconds.add((System.nanoTime() - start) / NANOS);
  }

  double medianSeconds() {
    List<Double> sorted = new ArrayList<>(seconds);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  double meanCpuSeconds() {
    return cpuSeconds / seconds.size();
  }
}
