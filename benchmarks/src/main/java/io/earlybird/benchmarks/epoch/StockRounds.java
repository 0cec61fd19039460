package io.earlybird.benchmarks.epoch;

import io.earlybird.benchmarks.stock.StockLoop;
import io.earlybird.data.batch.ReadReport;
import io.earlybird.spark.batches.TrainingData;
import io.earlybird.spark.round.RoundMetrics;
import io.earlybird.spark.round.RoundRequest;
import io.earlybird.spark.round.RoundResult;
import io.earlybird.spark.round.RoundSteps;
import io.earlybird.spark.round.Rounds;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Rounds of dl4j-spark on stock layers, set up as {@link io.earlybird.spark.dl4j.Dl4jSparkRounds}
 * is. The values stay in the graph: a request's are not looked at, and come back as they were.
 */
final class StockRounds implements Rounds {
  private static final int AGGREGATION_DEPTH = 2;
  private static final double NANOS = 1e9;

  private final JavaSparkContext spark;
  private final EpochTask task;
  private final TrainingData data;
  private ComputationGraph graph;

  StockRounds(JavaSparkContext spark, EpochTask task, TrainingData data) {
    this.spark = spark;
    this.task = task;
    this.data = data;
  }

  @Override
  public RoundResult run(RoundRequest request) {
    if (graph == null) {
      graph = StockLoop.graph(request.network());
    }
    long start = System.nanoTime();
    RoundSteps steps = request.steps();
    JavaRDD<MultiDataSet> batches =
        spark
            .parallelize(IntStream.range(0, task.replicas()).boxed().toList(), task.replicas())
            .flatMap(new StockDataSets(data, steps, request.network().classes()))
            .persist(StorageLevel.MEMORY_ONLY());
    try {
      graph =
          new SparkComputationGraph(spark, graph, master(steps.count())).fitMultiDataSet(batches);
    } finally {
      batches.unpersist();
    }
    return new RoundResult(
        request.parameters(),
        request.momentum(),
        metrics(steps, (System.nanoTime() - start) / NANOS));
  }

  private RoundMetrics metrics(RoundSteps steps, double seconds) {
    long samples = (long) steps.count() * task.batchSize() * task.replicas();
    return new RoundMetrics(
        samples,
        graph.score() * samples,
        0,
        ReadReport.NONE,
        new RoundMetrics.Seconds(seconds, seconds, 0, 0, 0),
        Set.of());
  }

  private ParameterAveragingTrainingMaster master(int steps) {
    return new ParameterAveragingTrainingMaster.Builder(task.replicas(), task.batchSize())
        .batchSizePerWorker(task.batchSize())
        .averagingFrequency(steps)
        .saveUpdater(true)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .repartionData(Repartition.Never)
        .storageLevel(null)
        .workerPrefetchNumBatches(0)
        .aggregationDepth(AGGREGATION_DEPTH)
        .build();
  }
}
