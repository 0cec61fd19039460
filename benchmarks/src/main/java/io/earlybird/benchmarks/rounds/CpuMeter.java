package io.earlybird.benchmarks.rounds;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * CPU time of this process, the driver, and of the executors that it has started on this machine.
 *
 * <p>A process that has ended is not seen any more: it counts with what it had used when it was
 * seen last, so that the sum never falls.
 */
final class CpuMeter {
  private static final double NANOS = 1e9;

  private final Map<ProcessHandle, Duration> used = new HashMap<>();

  /** CPU seconds so far. */
  double seconds() {
    ProcessHandle self = ProcessHandle.current();
    Stream.concat(Stream.of(self), self.descendants())
        .forEach(
            process ->
                process.info().totalCpuDuration().ifPresent(time -> used.put(process, time)));
    return used.values().stream().mapToDouble(time -> time.toNanos() / NANOS).sum();
  }
}
