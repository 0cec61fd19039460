package io.earlybird.spark.submit;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A process that finds a directory where a container finds its image: {@code spark/jars} with the
 * class path of the test, {@code earlybird/submit}, and a directory for temporary files.
 */
final class Container {
  private final Path directory;
  private final Map<String, String> environment = new TreeMap<>();

  record Outcome(int exit, String output) {}

  private Container(Path directory) {
    this.directory = directory;
  }

  static Container in(Path directory) throws IOException {
    Path jars = Files.createDirectories(directory.resolve("spark/jars"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path file = Path.of(entry).toAbsolutePath();
      if (entry.endsWith(".jar")) {
        Path link = jars.resolve(file.getFileName());
        if (!Files.exists(link)) {
          Files.createSymbolicLink(link, file);
        }
      }
    }
    Path submit = Files.createDirectories(directory.resolve("earlybird/submit"));
    Files.copy(Manifests.SUBMIT.resolve("jvm.options"), submit.resolve("jvm.options"));
    Container container = new Container(directory);
    container.set("SPARK_HOME", directory.resolve("spark").toString());
    container.set("SPARK_SCALA_VERSION", "2.12");
    container.set("EARLYBIRD_HOME", directory.resolve("earlybird").toString());
    container.set("TMPDIR", Files.createDirectories(directory.resolve("tmp")).toString());
    container.set("PATH", System.getenv("PATH"));
    return container;
  }

  void set(String variable, String value) {
    environment.put(variable, value);
  }

  /** Runs the entry point to its end. */
  Outcome run(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }

  /** Starts the entry point. */
  Process start(String... arguments) throws IOException {
    return start(Manifests.SUBMIT.resolve("docker/entrypoint.sh"), List.of(arguments));
  }

  /** Starts the entry point; what it prints goes to a file. */
  Process start(Path output, String... arguments) throws IOException {
    return builder(Manifests.SUBMIT.resolve("docker/entrypoint.sh"), List.of(arguments))
        .redirectOutput(output.toFile())
        .start();
  }

  Process start(Path script, List<String> arguments) throws IOException {
    return builder(script, arguments).start();
  }

  private ProcessBuilder builder(Path script, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
