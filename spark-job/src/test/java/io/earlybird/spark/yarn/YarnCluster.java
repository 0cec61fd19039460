package io.earlybird.spark.yarn;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationAttemptId;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ContainerId;
import org.apache.hadoop.yarn.api.records.SignalContainerCommand;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.exceptions.YarnException;

/** A {@link MiniCluster} in a process of its own, and what its users do with it. */
public final class YarnCluster implements AutoCloseable {
  private static final int MINUTES = 5;
  private static final int NODE_MEBIBYTES = 6144;

  private final Path directory;
  private final Process process;

  private YarnCluster(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  /** A program that was started, and where its output goes. */
  public record Started(String name, Process process, Path log) {
    /** Waits for the end and gives the exit code. */
    public int exitCode() throws InterruptedException {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("No end within " + MINUTES + " minutes:\n" + output());
      }
      return process.exitValue();
    }

    /** What it has printed so far. */
    public String output() {
      try {
        return Files.readString(log);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Starts a cluster of one node that keeps its files in a directory. */
  public static YarnCluster start(Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Process process =
        java(
            directory,
            directory.resolve("cluster.log"),
            shadedServers() + File.pathSeparator,
            List.of(
                "-Xmx512m",
                MiniCluster.class.getName(),
                directory.toString(),
                "1",
                Integer.toString(NODE_MEBIBYTES)));
    YarnCluster cluster = new YarnCluster(directory, process);
    Path written = cluster.configurationDirectory().resolve("core-site.xml");
    await(() -> Files.exists(written) || !process.isAlive());
    if (!Files.exists(written)) {
      throw new IllegalStateException(Files.readString(directory.resolve("cluster.log")));
    }
    return cluster;
  }

  /**
   * The jar whose servlets are of a servlet API of its own; theirs must be found before Spark's.
   */
  private static String shadedServers() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.contains("hadoop-client-minicluster"))
        .findFirst()
        .orElseThrow();
  }

  /** What {@code HADOOP_CONF_DIR} names. */
  public Path configurationDirectory() {
    return directory.resolve("conf");
  }

  /** Configuration of clients. */
  public Configuration configuration() {
    Configuration configuration = new Configuration();
    for (String name : List.of("core-site.xml", "yarn-site.xml")) {
      configuration.addResource(
          new org.apache.hadoop.fs.Path(configurationDirectory().resolve(name).toUri()));
    }
    return configuration;
  }

  /** URI of a path on the cluster's file system. */
  public String uri(String path) {
    return configuration().get("fs.defaultFS") + path;
  }

  /** Starts a Java program whose {@code HADOOP_CONF_DIR} names this cluster. */
  public Started start(String name, Class<?> main, List<String> arguments) throws IOException {
    Path log = directory.resolve(name + ".log");
    List<String> line = new ArrayList<>(List.of("-Xmx512m", main.getName()));
    line.addAll(arguments);
    return new Started(
        name, java(directory, log, configurationDirectory() + File.pathSeparator, line), log);
  }

  /** Number of the application with a tag, as soon as there is one. */
  public String application(String tag, Process submit) throws InterruptedException {
    try (YarnClient client = YarnClient.createYarnClient()) {
      client.init(configuration());
      client.start();
      List<String> found = new ArrayList<>();
      await(
          () -> {
            boolean last = !submit.isAlive();
            found.addAll(tagged(client, tag));
            return last || !found.isEmpty();
          });
      return found.isEmpty() ? "none" : found.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code yarn container -signal} sends to the driver's first container. */
  public void askToStop(String application) throws IOException {
    try (YarnClient client = YarnClient.createYarnClient()) {
      client.init(configuration());
      client.start();
      ApplicationAttemptId attempt =
          ApplicationAttemptId.newInstance(ApplicationId.fromString(application), 1);
      client.signalToContainer(
          ContainerId.newContainerId(attempt, 1), SignalContainerCommand.GRACEFUL_SHUTDOWN);
    } catch (YarnException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends a signal to a process. */
  public static void signal(ProcessHandle process, String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> tagged(YarnClient client, String tag) {
    try {
      return client.getApplications().stream()
          .filter(report -> report.getApplicationTags().contains(tag))
          .map(report -> report.getApplicationId().toString())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (YarnException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Process numbers of the Java processes whose command line holds all of the words. */
  public static List<ProcessHandle> processes(String... words) {
    return ProcessHandle.allProcesses().filter(handle -> runs(handle, words)).toList();
  }

  private static boolean runs(ProcessHandle handle, String... words) {
    try {
      String line =
          Files.readString(
              Path.of("/proc", Long.toString(handle.pid()), "cmdline"),
              StandardCharsets.ISO_8859_1);
      return line.substring(0, Math.max(0, line.indexOf('\0'))).endsWith("/java")
          && List.of(words).stream().allMatch(line::contains);
    } catch (IOException e) {
      return false; // it has ended
    }
  }

  /** Waits for a condition; fails after minutes. */
  public static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Waited for " + MINUTES + " minutes in vain");
      }
      Thread.sleep(20);
    }
  }

  private static Process java(Path directory, Path log, String before, List<String> arguments)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(line::add);
    line.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("CLASSPATH", before + System.getProperty("java.class.path"));
    builder.environment().put("HADOOP_CONF_DIR", directory.resolve("conf").toString());
    return builder.start();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
    }
  }
}
