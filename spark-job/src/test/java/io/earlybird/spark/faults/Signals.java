package io.earlybird.spark.faults;

import java.io.IOException;

/** Signals to processes. */
final class Signals {
  private Signals() {}

  /** SIGKILL. */
  static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Sends a signal such as {@code STOP}; no matter if there is no such process. */
  static void send(String signal, long pid) throws IOException, InterruptedException {
    int unused =
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
            .redirectErrorStream(true)
            .start()
            .waitFor();
  }
}
