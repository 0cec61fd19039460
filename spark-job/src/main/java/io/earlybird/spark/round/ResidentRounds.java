package io.earlybird.spark.round;

import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.Moments;
import io.earlybird.spark.averaging.Slices;
import io.earlybird.spark.averaging.StateVector;
import io.earlybird.spark.batches.TrainingData;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Rounds on replicas that stay open on the executors: the state is broadcast, tasks run their
 * replicas, slices of the means are combined on executors, the driver receives one vector.
 *
 * <p>Driver only.
 */
public final class ResidentRounds implements Rounds {
  private final JavaSparkContext spark;
  private final Averaging averaging;
  private final TrainingData batches;

  /** Rounds of these replicas on these samples. */
  public ResidentRounds(JavaSparkContext spark, Averaging averaging, TrainingData batches) {
    this.spark = spark;
    this.averaging = averaging;
    this.batches = batches;
  }

  @Override
  public RoundResult run(RoundRequest request) {
    long start = System.nanoTime();
    RoundInput input = RoundInput.of(request, averaging, batches);
    Broadcast<RoundInput> broadcast = spark.broadcast(input);
    long sent = System.nanoTime();
    try {
      spark.setJobDescription(describe(request.steps()));
      List<Combined> combined = combine(broadcast, input.slices());
      RoundTimer timer = new RoundTimer(slots(), sent - start, start);
      return assemble(request, input.slices(), combined, timer);
    } finally {
      broadcast.destroy();
    }
  }

  private List<Combined> combine(Broadcast<RoundInput> broadcast, Slices slices) {
    List<Integer> tasks = IntStream.range(0, averaging.tasks()).boxed().toList();
    JavaRDD<Combined> combined =
        spark
            .parallelize(tasks, tasks.size())
            .mapPartitionsToPair(new RunReplicas(broadcast))
            .partitionBy(new SlicePartitioner(slices.count() + 1))
            .mapPartitions(new CombineSlices(broadcast));
    List<Combined> collected = combined.collect();
    combined.rdd().cleanShuffleDependencies(false);
    return collected;
  }

  private RoundResult assemble(
      RoundRequest request, Slices slices, List<Combined> combined, RoundTimer timer) {
    float[] packed = new float[slices.length()];
    List<TaskReport> reports = List.of();
    List<Moments> moments = List.of();
    for (Combined part : combined) {
      if (part instanceof Combined.Slice slice) {
        float[] values = slice.values().values();
        System.arraycopy(values, 0, packed, slices.from(slice.slice()), values.length);
      } else if (part instanceof Combined.Closing closing) {
        reports = closing.reports();
        moments = closing.moments();
      }
    }
    requireSuccess(reports);
    RoundMetrics metrics = RoundMetrics.of(reports, timer.stop(reports));
    if (moments.isEmpty()) {
      return new RoundResult(request.parameters().copy(), request.momentum().copy(), metrics);
    }
    StateVector vector = new StateVector(request.parameters().layout(), averaging.momentum());
    return new RoundResult(
        vector.parameters(packed, moments.get(0)), vector.momentum(packed), metrics);
  }

  private static void requireSuccess(List<TaskReport> reports) {
    for (TaskReport report : reports) {
      if (report.failed()) {
        throw new RoundFailedException("Cannot go on: " + report.failure());
      }
    }
  }

  private int slots() {
    int cores = spark.sc().defaultParallelism();
    int perTask = spark.getConf().getInt("spark.task.cpus", 1);
    return Math.max(1, cores / perTask);
  }

  private String describe(RoundSteps steps) {
    return steps
        + ": "
        + steps.count()
        + " steps ("
        + steps.to()
        + " of "
        + steps.stepsPerEpoch()
        + ") on "
        + averaging.replicas()
        + " replicas";
  }
}
