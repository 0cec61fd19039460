package io.earlybird.benchmarks.race;

import com.sun.management.OperatingSystemMXBean;
import io.earlybird.benchmarks.contest.Contestant;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The process of one contestant: it says that it is ready, reads {@code TRAINING n}, {@code
 * INFERENCE n} or {@code PEAK} from its input, does so, and answers in one line that begins with
 * {@link #ANSWER}; it ends with its input. Started by {@link WorkerProcess}.
 */
public final class Worker {
  /** Begins an answer; whatever else native libraries print is not one. */
  static final String ANSWER = "@answer ";

  /** Answer to nothing: the network has been built. */
  static final String READY = "READY";

  static final String PEAK = "PEAK";

  private static final double NANOS = 1e9;
  private static final double KIBI = 1024;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private Worker() {}

  /** Serves until the end of the input. */
  public static void main(String[] arguments) throws IOException {
    try (Contestant contestant = Order.of(List.of(arguments)).open();
        PrintStream out =
            new PrintStream(
                new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      out.println(ANSWER + READY);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(ANSWER + answer(contestant, line.split(" ")));
      }
    }
  }

  private static String answer(Contestant contestant, String[] command) throws IOException {
    return command[0].equals(PEAK)
        ? Double.toString(peakMebibytes())
        : timed(contestant, Work.valueOf(command[0]), Integer.parseInt(command[1]));
  }

  private static String timed(Contestant contestant, Work work, int steps) {
    long start = System.nanoTime();
    long cpuStart = SYSTEM.getProcessCpuTime();
    for (int i = 0; i < steps; i++) {
      step(contestant, work);
    }
    double cpuSeconds = (SYSTEM.getProcessCpuTime() - cpuStart) / NANOS;
    return (System.nanoTime() - start) / NANOS + " " + cpuSeconds;
  }

  private static void step(Contestant contestant, Work work) {
    switch (work) {
      case TRAINING -> {
        double loss = contestant.train();
        if (!Double.isFinite(loss)) {
          throw new ArithmeticException("The loss has become " + loss);
        }
      }
      case INFERENCE -> contestant.infer();
    }
  }

  private static double peakMebibytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / KIBI;
      }
    }
    return Double.NaN;
  }
}
