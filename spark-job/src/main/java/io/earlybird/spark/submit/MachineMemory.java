package io.earlybird.spark.submit;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Memory of the machine that a process runs on. */
public final class MachineMemory {
  private MachineMemory() {}

  /** Bytes of the machine, or of the container where that is less. */
  public static long bytes() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }
}
