package io.earlybird.benchmarks.race;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How worker processes are started.
 *
 * @param jvmOptions options of their JVM
 * @param environment what the launcher exports, from which each process gets its part
 */
public record Launch(List<String> jvmOptions, Map<String, String> environment) {
  /** System property by which {@code benchmarks/run} says what the launcher exports. */
  public static final String ENVIRONMENT = "earlybird.environment";

  private static final String THREADS_SUFFIX = "_NUM_THREADS";
  private static final List<String> ALLOCATOR = List.of("MALLOC_", "GLIBC_TUNABLES", "LD_PRELOAD");
  private static final List<String> ALL =
      List.of("MALLOC_", "GLIBC_TUNABLES", "LD_PRELOAD", "OMP_", "GOMP_", "KMP_", "OPENBLAS_");

  public Launch {
    jvmOptions = List.copyOf(jvmOptions);
    environment = Map.copyOf(environment);
  }

  /**
   * Reads {@code NAME=value} words.
   *
   * @throws IllegalArgumentException if a word has no {@code =}
   */
  public static Map<String, String> variables(String words) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String word : words.isBlank() ? new String[0] : words.trim().split("\\s+")) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "Invalid environment \"" + word + "\": NAME=value is expected");
      }
      variables.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return variables;
  }

  /**
   * What the process of an entrant gets: everything that the launcher exports for engines and stock
   * layers; for the peer the number of threads, and what its variant adds.
   */
  Map<String, String> environmentOf(Entrant entrant, int threads) {
    Map<String, String> variables = new LinkedHashMap<>();
    environment.forEach(
        (name, value) -> {
          boolean allocator = ALLOCATOR.stream().anyMatch(name::startsWith);
          boolean given = allocator ? entrant.getsAllocator() : entrant.getsLauncher();
          if (given || name.endsWith(THREADS_SUFFIX)) {
            variables.put(name, name.endsWith(THREADS_SUFFIX) ? Integer.toString(threads) : value);
          }
        });
    variables.put("OMP_NUM_THREADS", Integer.toString(threads));
    return variables;
  }

  /** Starts a process whose environment has of these settings nothing but what it is given. */
  ProcessBuilder process(Entrant entrant, int threads, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Worker.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> ALL.stream().anyMatch(name::startsWith));
    builder.environment().putAll(environmentOf(entrant, threads));
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT);
  }
}
