package io.earlybird.spark.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The process of an attempt.
 *
 * @param host as people know it
 * @param machine tells machines and process namespaces apart
 * @param pid of the process
 * @param processStart when the process was started
 * @param user who started it
 */
record Owner(String host, String machine, long pid, Instant processStart, String user) {
  /** The kernel gives start times in hundredths of a second. */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(1);

  static Owner self() {
    ProcessHandle process = ProcessHandle.current();
    String host = hostName();
    return new Owner(
        host,
        machine(host),
        process.pid(),
        process.info().startInstant().orElse(Instant.EPOCH),
        System.getProperty("user.name"));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      String name = System.getenv("HOSTNAME");
      return name == null ? "unknown" : name;
    }
  }

  private static String machine(String host) {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException e) {
      return host;
    }
  }

  /** Whether the process runs; only meaningful on its own machine. */
  boolean running() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().startInstant())
        .filter(
            start -> Duration.between(start, processStart).abs().compareTo(START_TOLERANCE) <= 0)
        .isPresent();
  }

  void write(ObjectNode into) {
    into.put("host", host)
        .put("machine", machine)
        .put("pid", pid)
        .put("processStart", processStart.toString())
        .put("user", user);
  }

  static Owner read(ObjectNode from) {
    return new Owner(
        Json.require(from, "host").asText(),
        Json.require(from, "machine").asText(),
        Json.require(from, "pid").asLong(),
        Instant.parse(Json.require(from, "processStart").asText()),
        Json.require(from, "user").asText());
  }

  @Override
  public String toString() {
    return "process " + pid + " of user " + user + " on host " + host;
  }
}
