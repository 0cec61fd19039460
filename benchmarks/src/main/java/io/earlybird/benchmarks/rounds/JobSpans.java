package io.earlybird.benchmarks.rounds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.StageInfo;

/** Follows one Spark job after the other: when its stages began and ended, and what they moved. */
final class JobSpans extends SparkListener {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final double MILLIS = 1e3;
  private static final double NANOS = 1e9;

  private final List<Stage> stages = new ArrayList<>();
  private double start;
  private boolean ended;

  /**
   * One stage.
   *
   * @param seconds from submission to completion
   * @param taskCpuSeconds of the threads of its tasks
   * @param gcSeconds of the executors while its tasks ran
   * @param shuffleWriteBytes of its tasks
   * @param shuffleReadBytes from the own executor and from others
   * @param resultBytes that its tasks sent to the driver
   */
  record Stage(
      double seconds,
      double taskCpuSeconds,
      double gcSeconds,
      long shuffleWriteBytes,
      long shuffleReadBytes,
      long resultBytes) {}

  /**
   * One job.
   *
   * @param start of the first stage, seconds since 1970
   * @param stages in the order in which they ended
   */
  record Job(double start, List<Stage> stages) {
    double seconds(int stage) {
      return stage < stages.size() ? stages.get(stage).seconds : 0;
    }

    /** What tasks wrote and read for others, and sent to the driver. */
    long bytes() {
      return stages.stream().mapToLong(stage -> stage.shuffleReadBytes + stage.resultBytes).sum();
    }
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart event) {
    stages.clear();
    start = event.time() / MILLIS;
    ended = false;
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted event) {
    StageInfo info = event.stageInfo();
    TaskMetrics metrics = info.taskMetrics();
    long from = (Long) info.submissionTime().get();
    long to = (Long) info.completionTime().get();
    stages.add(
        new Stage(
            (to - from) / MILLIS,
            metrics.executorCpuTime() / NANOS,
            metrics.jvmGCTime() / MILLIS,
            metrics.shuffleWriteMetrics().bytesWritten(),
            metrics.shuffleReadMetrics().totalBytesRead(),
            metrics.resultSize()));
  }

  @Override
  public synchronized void onJobEnd(SparkListenerJobEnd event) {
    ended = true;
    notifyAll();
  }

  /** The job that has just returned; listeners hear of it a little later. */
  synchronized Job await() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!ended && System.nanoTime() < deadline) {
      wait(PATIENCE.toMillis());
    }
    ended = false;
    return new Job(start, List.copyOf(stages));
  }
}
