package io.earlybird.spark.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The process of an attempt.
 *
 * @param host as people know it
 * @param machine tells machines and process namespaces apart
 * @param pid of the process
 * @param processStart tells it from others of that number: ticks from the start of the machine,
 *     which a clock that is set does not change; elsewhere than on Linux, the time
 * @param user who started it
 */
record Owner(String host, String machine, long pid, String processStart, String user) {
  /** Position in {@code /proc/PID/stat}, counted after the name of the program. */
  private static final int START = 19;

  static Owner self() {
    ProcessHandle process = ProcessHandle.current();
    String host = hostName();
    return new Owner(
        host, machine(host), process.pid(), startOf(process), System.getProperty("user.name"));
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

  /** What {@code processStart} is of a process. */
  static String startOf(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[START];
    } catch (IOException e) {
      return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }
  }

  /** Whether the process runs; only meaningful on its own machine. */
  boolean running() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> startOf(process).equals(processStart))
        .isPresent();
  }

  void write(ObjectNode into) {
    into.put("host", host)
        .put("machine", machine)
        .put("pid", pid)
        .put("processStart", processStart)
        .put("user", user);
  }

  static Owner read(ObjectNode from) {
    return new Owner(
        Json.require(from, "host").asText(),
        Json.require(from, "machine").asText(),
        Json.require(from, "pid").asLong(),
        Json.require(from, "processStart").asText(),
        Json.require(from, "user").asText());
  }

  @Override
  public String toString() {
    return "process " + pid + " of user " + user + " on host " + host;
  }
}
