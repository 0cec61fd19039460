package io.earlybird.spark.round;

import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.Slices;
import io.earlybird.spark.batches.TrainingData;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.rdd.ShuffledRDD;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Rounds on replicas that stay open on the executors: the state is broadcast, tasks run their
 * replicas, slices of the means are combined on executors, the driver receives one vector.
 *
 * <p>Driver only.
 */
public final class ResidentRounds implements Rounds {
  /** As often as Spark runs a task that fails. */
  private static final int ATTEMPTS = 4;

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
    RoundInput input = RoundInput.of(request, averaging, batches, slots());
    Broadcast<RoundInput> broadcast = spark.broadcast(input);
    long sent = System.nanoTime();
    try {
      spark.setJobDescription(describe(request.steps()));
      Collected collected =
          new Collected(input.vector(request.parameters().layout()), input.slices());
      combine(broadcast, input.slices(), collected);
      RoundTimer timer = new RoundTimer(slots(), sent - start, start);
      return result(request, collected, timer);
    } finally {
      spark.clearCallSite();
      broadcast.destroy();
    }
  }

  private void combine(Broadcast<RoundInput> broadcast, Slices slices, Collected collected) {
    List<Integer> tasks = IntStream.range(0, averaging.tasks()).boxed().toList();
    spark.setCallSite("train replicas");
    RDD<Tuple2<Integer, Piece>> pieces =
        spark
            .parallelize(tasks, tasks.size())
            .mapPartitionsToPair(new RunReplicas(broadcast))
            .rdd();
    spark.setCallSite("average slices");
    RDD<Combined> combined =
        JavaPairRDD.fromRDD(shuffled(pieces, slices), tag(Integer.class), tag(Piece.class))
            .mapPartitions(new CombineSlices(broadcast))
            .rdd();
    List<Integer> wanted = IntStream.rangeClosed(0, slices.count()).boxed().toList();
    for (int attempt = 0; !wanted.isEmpty(); attempt++) {
      if (attempt == ATTEMPTS) {
        throw new IllegalStateException(
            "Cannot fetch slices " + wanted + " from executors after " + attempt + " attempts");
      }
      spark
          .sc()
          .runJob(combined, new OneCombined(), sequence(wanted), collected, tag(Combined.class));
      wanted = collected.lost();
    }
    combined.cleanShuffleDependencies(false);
  }

  private static RDD<Tuple2<Integer, Piece>> shuffled(
      RDD<Tuple2<Integer, Piece>> pieces, Slices slices) {
    return new ShuffledRDD<Integer, Piece, Piece>(
            pieces,
            new SlicePartitioner(slices.count() + 1),
            tag(Integer.class),
            tag(Piece.class),
            tag(Piece.class))
        .setSerializer(new PieceSerializer());
  }

  private static Seq<Object> sequence(List<Integer> partitions) {
    return JavaConverters.asScalaBuffer(new ArrayList<Object>(partitions)).toSeq();
  }

  private static <T> ClassTag<T> tag(Class<T> type) {
    return ClassTag$.MODULE$.apply(type);
  }

  private static RoundResult result(RoundRequest request, Collected collected, RoundTimer timer) {
    List<TaskReport> reports = collected.reports();
    requireSuccess(reports);
    RoundMetrics metrics = RoundMetrics.of(reports, timer.stop(reports));
    return collected.isEmpty()
        ? new RoundResult(request.parameters().copy(), request.momentum().copy(), metrics)
        : new RoundResult(collected.mean().parameters(), collected.mean().momentum(), metrics);
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
    return steps.described(averaging.localSteps())
        + " on "
        + averaging.replicas()
        + " replicas, then their average";
  }
}
