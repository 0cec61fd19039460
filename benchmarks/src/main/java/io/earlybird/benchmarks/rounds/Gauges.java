package io.earlybird.benchmarks.rounds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Meters of this machine and of this process, the driver. */
final class Gauges {
  private static final Path DEVICES = Path.of("/proc/net/dev");
  private static final String LOOPBACK = "lo:";

  private Gauges() {}

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
