package io.earlybird.spark.faults;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Starts processes with the class path of the test; all of them, and theirs, carry a mark. */
final class Jvms {
  private static final String MARK = "EARLYBIRD_FAULTS";

  /** Options that make a small JVM start soon. */
  static final List<String> SMALL = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final Path logs;
  private final String mark = UUID.randomUUID().toString();

  Jvms(Path logs) throws IOException {
    this.logs = Files.createDirectories(logs);
  }

  Process start(
      String name,
      List<String> options,
      Map<String, String> environment,
      Class<?> main,
      List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SMALL);
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens") || argument.startsWith("-Djdk."))
        .forEach(command::add);
    command.addAll(options);
    command.add(main.getName());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log(name).toFile()));
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put(MARK, mark);
    builder.environment().putAll(environment);
    return builder.start();
  }

  Path log(String name) {
    return logs.resolve(name + ".log");
  }

  String output(String name) throws IOException {
    try {
      return Files.readString(log(name));
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  /** Living processes with the mark, however they came to it. */
  List<ProcessHandle> living() {
    byte[] entry = (MARK + "=" + mark).getBytes(StandardCharsets.ISO_8859_1);
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> environment(process.pid()).contains(text(entry))).toList();
    }
  }

  /** For the case that the suite itself is interrupted. */
  void killAll() {
    living().forEach(ProcessHandle::destroyForcibly);
  }

  /** What processes do: their threads, if they answer. */
  String describe(List<ProcessHandle> processes) throws IOException {
    StringBuilder text = new StringBuilder();
    for (ProcessHandle process : processes) {
      text.append(process.pid()).append(' ').append(process.info()).append('\n');
      Process threads =
          new ProcessBuilder("timeout", "20", "jstack", Long.toString(process.pid()))
              .redirectErrorStream(true)
              .start();
      text.append(text(threads.getInputStream().readAllBytes())).append('\n');
    }
    return text.toString();
  }

  private static String environment(long pid) {
    try {
      return text(Files.readAllBytes(Path.of("/proc", Long.toString(pid), "environ")));
    } catch (IOException e) {
      return "";
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
