package io.earlybird.benchmarks.rounds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Meters of this machine and of this process, the driver. */
final class Gauges {
  private static final Path DEVICES = Path.of("/proc/net/dev");
  private static final String LOOPBACK = "lo:";
  private static final double NANOS = 1e9;

  private Gauges() {}

  /** CPU seconds so far of the driver and of the executors that it has started on this machine. */
  static double cpuSeconds() {
    ProcessHandle self = ProcessHandle.current();
    return Stream.concat(Stream.of(self), self.descendants())
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .mapToDouble(time -> time.toNanos() / NANOS)
        .sum();
  }

  /** Bytes so far over the loopback device, whoever sent them; 0 where there is no such meter. */
  static long loopbackBytes() {
    if (!Files.isReadable(DEVICES)) {
      return 0;
    }
    try {
      return Files.readAllLines(DEVICES).stream()
          .map(String::strip)
          .filter(line -> line.startsWith(LOOPBACK))
          .mapToLong(
              line -> Long.parseLong(line.substring(LOOPBACK.length()).strip().split("\\s+")[0]))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + DEVICES, e);
    }
  }

  /** Heap of the driver after a collection, bytes; the peak begins anew. */
  static long liveHeapBytes() {
    System.gc();
    pools().forEach(MemoryPoolMXBean::resetPeakUsage);
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Most heap in use since then, garbage included: sum of the peaks of the heap's pools. */
  static long peakHeapBytes() {
    return pools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  private static List<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}
