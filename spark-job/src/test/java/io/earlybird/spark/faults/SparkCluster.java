package io.earlybird.spark.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;

/** A standalone master and two workers, each a process; each worker has room for one executor. */
final class SparkCluster implements AutoCloseable {
  static final int WORKERS = 2;

  private final Jvms jvms;
  private final Path directory;
  private final Path local;
  private final int port;
  private final Process master;
  private final List<Process> workers = new ArrayList<>();

  /**
   * Starts the cluster.
   *
   * @param local directory for the shuffle files of the executors
   */
  SparkCluster(Jvms jvms, Path directory, Path local) throws IOException {
    this.jvms = jvms;
    this.directory = directory;
    this.local = local;
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    port = freePort();
    master =
        jvms.start(
            "master",
            List.of("-Xmx192m"),
            Map.of("SPARK_LOCAL_IP", "127.0.0.1"),
            Master.class,
            List.of("--host", "127.0.0.1", "--port", "" + port, "--webui-port", "0"));
    for (int worker = 0; worker < WORKERS; worker++) {
      workers.add(start(worker));
    }
  }

  private Process start(int worker) throws IOException {
    Path work = directory.resolve("worker-" + worker);
    return jvms.start(
        "worker-" + worker,
        List.of("-Xmx192m", "-Dspark.local.dir=" + local),
        Map.of("SPARK_LOCAL_IP", "127.0.0.1"),
        Worker.class,
        List.of(
            "--host",
            "127.0.0.1",
            "--webui-port",
            "0",
            "--cores",
            "1",
            "--memory",
            "1024M",
            "--work-dir",
            work.toString(),
            master()));
  }

  String master() {
    return "spark://127.0.0.1:" + port;
  }

  /** Executors that live. */
  List<ProcessHandle> executors() {
    return workers.stream().flatMap(worker -> worker.toHandle().children()).toList();
  }

  /** Kills the worker of an executor; that one notices and ends by itself. */
  void killWorkerOf(long executor) throws InterruptedException {
    Process worker =
        workers.stream()
            .filter(each -> each.toHandle().children().anyMatch(it -> it.pid() == executor))
            .findFirst()
            .orElseThrow(() -> new AssertionError(executor + " is no worker's executor"));
    int unused = worker.destroyForcibly().waitFor();
  }

  /** Kills all workers and their executors. */
  void killAll() throws InterruptedException {
    List<ProcessHandle> executors = executors();
    workers.forEach(Process::destroyForcibly);
    executors.forEach(ProcessHandle::destroyForcibly);
    for (Process worker : workers) {
      int unused = worker.waitFor();
    }
  }

  /** Starts the workers that do not run. */
  void restart() throws IOException {
    for (int worker = 0; worker < WORKERS; worker++) {
      if (!workers.get(worker).isAlive()) {
        workers.set(worker, start(worker));
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    workers.forEach(Process::destroy);
    master.destroy();
  }
}
