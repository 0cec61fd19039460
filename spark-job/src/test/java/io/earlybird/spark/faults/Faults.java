package io.earlybird.spark.faults;

import io.earlybird.spark.faults.Fault.Ending;
import io.earlybird.spark.faults.Fault.Strike;
import java.io.IOException;
import java.time.Duration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;

/** The faults that trainings are struck with. */
final class Faults {
  private static final Strike NOTHING = (lab, moment) -> {};
  private static final String STOPPING = "SIGTERM: stopping after this round";
  private static final int FEW = 3;
  private static final String TRAIN = "/shards/train";
  private static final String AWAY = "/shards/away";

  private Faults() {}

  /** SIGKILL of the executor that announces. */
  static Fault executorKilled(Phase phase) {
    return goesOn(
        "SIGKILL of an executor", phase, (lab, moment) -> Signals.kill(moment.pid()), NOTHING);
  }

  /** SIGKILL of the worker of the executor that announces; it is started again a second later. */
  static Fault workerKilled(Phase phase) {
    return goesOn(
        "SIGKILL of a worker, started again after 1 s",
        phase,
        (lab, moment) -> {
          lab.cluster().killWorkerOf(moment.pid());
          later(Duration.ofSeconds(1), lab.cluster()::restart);
        },
        NOTHING);
  }

  /** SIGKILL of all workers and executors, which return after three seconds. */
  static Fault everyExecutorKilled(Phase phase) {
    return goesOn(
        "SIGKILL of all workers and executors, back after 3 s",
        phase,
        (lab, moment) -> {
          lab.cluster().killAll();
          later(Duration.ofSeconds(3), lab.cluster()::restart);
        },
        NOTHING);
  }

  /** SIGSTOP of the executor that announces, until the run has gone on without it. */
  static Fault executorPaused(Phase phase) {
    return goesOn(
        "SIGSTOP of an executor beyond the network time-out",
        phase,
        (lab, moment) -> Signals.send("STOP", moment.pid()),
        (lab, moment) -> Signals.send("CONT", moment.pid()));
  }

  /** SIGKILL of the driver. */
  static Fault driverKilled(Phase phase, String detail) {
    return driverKilled(phase, detail, 0, skips(phase));
  }

  /** SIGKILL of the driver at the first such moment. */
  static Fault driverKilledAtOnce(Phase phase, String detail) {
    return driverKilled(phase, detail, 0, 0);
  }

  /** SIGKILL of the driver at the second such moment. */
  static Fault driverKilledAtTheSecond(Phase phase, String detail) {
    return driverKilled(phase, detail, 1, 0);
  }

  private static Fault driverKilled(Phase phase, String detail, int earliest, int skips) {
    return new Fault(
        "SIGKILL of the driver",
        phase,
        detail,
        earliest,
        skips,
        Ending.KILLED,
        "",
        (lab, moment) -> lab.driver().destroyForcibly(),
        NOTHING);
  }

  /** SIGTERM of the driver. */
  static Fault driverAsked(Phase phase) {
    return driverAsked(phase, "", 0, skips(phase));
  }

  /** SIGTERM of the driver in an evaluation of a later epoch than that of the first tickets. */
  static Fault driverAskedInALateEvaluation() {
    return driverAsked(Phase.EVALUATION, "task 0 starts", 2, 0);
  }

  private static Fault driverAsked(Phase phase, String detail, int earliest, int skips) {
    return new Fault(
        "SIGTERM of the driver",
        phase,
        detail,
        earliest,
        skips,
        Ending.ASKED,
        STOPPING,
        (lab, moment) -> Signals.send("TERM", lab.driver().pid()),
        NOTHING);
  }

  /** SIGTERM of the driver, and SIGKILL before the round has ended: a grace that is too short. */
  static Fault driverEvicted() {
    return new Fault(
        "SIGTERM of the driver, SIGKILL before the round ends",
        Phase.COMPUTE,
        "",
        0,
        FEW,
        Ending.KILLED,
        STOPPING,
        (lab, moment) -> {
          Signals.send("TERM", lab.driver().pid());
          Await.until("the driver has heard SIGTERM", () -> lab.driverSays(STOPPING));
          lab.driver().destroyForcibly();
        },
        NOTHING);
  }

  /** SIGKILL of the driver, and a byte of its newest checkpoint changes before the next start. */
  static Fault checkpointDamaged(String run, String file) {
    return new Fault(
        "a changed byte in " + file + " of the newest checkpoint, driver killed",
        Phase.CHECKPOINT,
        "rename LATEST",
        2,
        FEW,
        Ending.KILLED,
        "is damaged \\(" + file,
        (lab, moment) -> lab.driver().destroyForcibly(),
        (lab, moment) -> Training.damage(lab, "/" + run, file));
  }

  /** SIGKILL of a data node, which returns when the run has gone on. */
  static Fault dataNodeKilled(Phase phase, String detail) {
    return new Fault(
        "SIGKILL of one of two data nodes",
        phase,
        detail,
        0,
        FEW,
        Ending.GOES_ON,
        "",
        (lab, moment) -> lab.hdfs().kill(0),
        Faults::restartNodes);
  }

  /** SIGKILL of all data nodes, which return after three seconds. */
  static Fault everyDataNodeKilled(Phase phase) {
    return goesOn(
        "SIGKILL of all data nodes (shards cannot be read), back after 3 s",
        phase,
        (lab, moment) -> {
          for (int node = 0; node < Hdfs.NODES; node++) {
            lab.hdfs().kill(node);
          }
          later(Duration.ofSeconds(3), lab.hdfs()::restart);
        },
        Faults::restartNodes);
  }

  private static void restartNodes(Lab lab, Moment moment) throws Exception {
    lab.hdfs().restart();
    lab.hdfs().awaitNodes();
  }

  /** The shards cannot be found; they come back. */
  static Fault shardsMissing() {
    return new Fault(
        "shards moved away, back before the next start",
        Phase.BROADCAST,
        "",
        0,
        FEW,
        Ending.STOPS,
        "Missing (shard|sidecar) [^ ]+",
        (lab, moment) -> rename(lab, TRAIN, AWAY),
        (lab, moment) -> rename(lab, AWAY, TRAIN));
  }

  /** Space of the directory of checkpoints is used up. */
  static Fault noCheckpointSpace(String run) {
    return new Fault(
        "space quota of checkpoints/ exceeded, lifted before the next start",
        Phase.CHECKPOINT,
        "create parameters",
        0,
        FEW,
        Ending.STOPS,
        "Cannot write \\S+ The DiskSpace quota of \\S+ is exceeded",
        (lab, moment) -> quota(lab, run, 1),
        (lab, moment) -> quota(lab, run, HdfsConstants.QUOTA_RESET));
  }

  private static void quota(Lab lab, String run, long bytes) throws IOException {
    lab.hdfs()
        .files()
        .setQuota(new Path("/" + run + "/checkpoints"), HdfsConstants.QUOTA_DONT_SET, bytes);
  }

  /** Nothing can be written where executors keep their shuffle files. */
  static Fault noShuffleSpace(Lab lab) {
    return new Fault(
        "no space under shuffle files, given back before the next start",
        Phase.COMPUTE,
        "",
        0,
        FEW,
        Ending.STOPS,
        lab.shuffleDisk().complaint(),
        (it, moment) -> it.shuffleDisk().take(),
        (it, moment) -> it.shuffleDisk().giveBack());
  }

  /** The driver is held until Spark has removed its idle executors; new ones are added later. */
  static Fault idleExecutorsRemoved() {
    return new Fault(
        "idle executors removed by dynamic allocation, added for the next round",
        Phase.CHECKPOINT,
        "create network",
        0,
        FEW,
        Ending.GOES_ON,
        "",
        (lab, moment) ->
            Await.until("idle executors are removed", () -> lab.cluster().executors().isEmpty()),
        NOTHING);
  }

  private static Fault goesOn(String name, Phase phase, Strike strike, Strike heal) {
    return new Fault(name, phase, "", 0, skips(phase), Ending.GOES_ON, "", strike, heal);
  }

  /** Evaluations are few. */
  private static int skips(Phase phase) {
    return phase == Phase.EVALUATION ? 1 : FEW;
  }

  /** Brings shards back that a training which failed has left away. */
  static void restoreShards(Lab lab) throws IOException {
    if (lab.hdfs().files().exists(new Path(AWAY))) {
      rename(lab, AWAY, TRAIN);
    }
  }

  private static void rename(Lab lab, String from, String to) throws IOException {
    if (!lab.hdfs().files().rename(new Path(from), new Path(to))) {
      throw new IOException("Cannot rename " + from + " to " + to);
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void later(Duration delay, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                Thread.sleep(delay.toMillis());
                work.run();
              } catch (Exception e) {
                throw new IllegalStateException("Cannot put right what was struck", e);
              }
            },
            "healer");
    thread.setDaemon(true);
    thread.start();
  }
}
