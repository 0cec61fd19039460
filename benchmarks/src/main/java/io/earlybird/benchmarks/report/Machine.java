package io.earlybird.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where and of what something was measured.
 *
 * @param cpu model name, family and model
 * @param instructionSets of those that decide which kernels are used, what the CPU has
 * @param cores that the process may use
 * @param memoryGibibytes of the machine
 * @param system operating system
 * @param hugePages setting of transparent huge pages
 * @param java runtime
 * @param commit of the project
 * @param load average of the last minute at the start; a machine at rest is near 0
 * @param environment that the launcher exports
 */
public record Machine(
    String cpu,
    List<String> instructionSets,
    int cores,
    long memoryGibibytes,
    String system,
    String hugePages,
    String java,
    String commit,
    double load,
    Map<String, String> environment) {
  /** System property by which the commit is told. */
  public static final String COMMIT = "earlybird.commit";

  private static final List<String> DECISIVE =
      List.of("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16");
  private static final long KIBI_PER_GIBI = 1 << 20;

  public Machine {
    instructionSets = List.copyOf(instructionSets);
    environment = new TreeMap<>(environment);
  }

  /** This machine, now. */
  public static Machine here(Map<String, String> environment) {
    List<String> flags = List.of(cpuinfo("flags").split(" "));
    String family = cpuinfo("cpu family") + ", model " + cpuinfo("model");
    return new Machine(
        cpuinfo("model name") + " (family " + family + ")",
        DECISIVE.stream().filter(flags::contains).toList(),
        Runtime.getRuntime().availableProcessors(),
        Math.round(
            (double) Long.parseLong(value("/proc/meminfo", "MemTotal").replaceAll("\\D", ""))
                / KIBI_PER_GIBI),
        value("/etc/os-release", "PRETTY_NAME").replace("\"", ""),
        chosen("/sys/kernel/mm/transparent_hugepage/enabled"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        System.getProperty(COMMIT, "unknown"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        environment);
  }

  /** A paragraph for people. */
  public String paragraph() {
    String variables =
        environment.entrySet().stream()
            .map(entry -> "`" + entry.getKey() + "=" + entry.getValue() + "`")
            .collect(Collectors.joining(" "));
    return "Machine: %s, %s, %d cores, %d GiB; %s, transparent huge pages %s; %s; commit %s; load average at the start %.2f. Environment of the launcher: %s"
        .formatted(
            cpu,
            String.join(" ", instructionSets),
            cores,
            memoryGibibytes,
            system,
            hugePages,
            java,
            commit,
            load,
            variables);
  }

  private static String cpuinfo(String key) {
    return value("/proc/cpuinfo", key);
  }

  /** What stands after the key and a colon or equals sign; "?" if nothing does. */
  private static String value(String file, String key) {
    return lines(file).stream()
        .filter(line -> line.matches("\\Q" + key + "\\E\\s*[:=].*"))
        .map(line -> line.replaceFirst("^[^:=]*[:=]\\s*", "").trim())
        .findFirst()
        .orElse("?");
  }

  /** The word in brackets. */
  private static String chosen(String file) {
    Optional<String> word =
        lines(file).stream()
            .flatMap(line -> Stream.of(line.split(" ")))
            .filter(part -> part.startsWith("["))
            .findFirst();
    return word.map(part -> part.replaceAll("[\\[\\]]", "")).orElse("?");
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      return List.of(); // not every system has every file
    }
  }
}
