package io.earlybird.data.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process has had in memory at most. */
final class Memory {
  private Memory() {}

  static long peakBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("No VmHWM in /proc/self/status");
  }
}
