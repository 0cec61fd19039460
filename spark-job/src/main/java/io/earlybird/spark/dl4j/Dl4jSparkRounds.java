package io.earlybird.spark.dl4j;

import io.earlybird.engine.dl4j.FittedGraph;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.MomentumTreatment;
import io.earlybird.spark.batches.TrainingData;
import io.earlybird.spark.round.RoundFailedException;
import io.earlybird.spark.round.RoundMetrics;
import io.earlybird.spark.round.RoundRequest;
import io.earlybird.spark.round.RoundResult;
import io.earlybird.spark.round.RoundSteps;
import io.earlybird.spark.round.Rounds;
import java.util.List;
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
 * Rounds of dl4j-spark: one call of {@code fit} for each, on a graph that is made anew, because
 * dl4j-spark starts every call at iteration 0 and keeps what it was first given.
 *
 * <p>The learning rates of the round's steps are set by the driver; the updater's state, which
 * dl4j-spark drops by default, is averaged; partitions are the replicas and are not dealt again.
 * Driver only.
 */
public final class Dl4jSparkRounds implements Rounds {
  private static final int AGGREGATION_DEPTH = 2;
  private static final double NANOS = 1e9;

  private final JavaSparkContext spark;
  private final Averaging averaging;
  private final TrainingData data;
  private final int batchSize;

  /**
   * Rounds of these replicas on these samples.
   *
   * @param batchSize B, of one replica
   */
  public Dl4jSparkRounds(
      JavaSparkContext spark, Averaging averaging, TrainingData data, int batchSize) {
    this.spark = spark;
    this.averaging = averaging;
    this.data = data;
    this.batchSize = batchSize;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the rule holds entries at zero, which DL4J's fit cannot
   */
  @Override
  public RoundResult run(RoundRequest request) {
    long start = System.nanoTime();
    spark.setJobDescription(
        request.steps().described(averaging.localSteps())
            + " on "
            + averaging.replicas()
            + " replicas, by dl4j-spark");
    RoundCounts counts = new RoundCounts(spark, request.network().output().name());
    JavaRDD<MultiDataSet> batches =
        spark
            .parallelize(
                IntStream.range(0, averaging.replicas()).boxed().toList(), averaging.replicas())
            .flatMap(replicaBatches(request, counts))
            .persist(StorageLevel.MEMORY_ONLY());
    try {
      SparkComputationGraph trained =
          new SparkComputationGraph(spark, graph(request), master(request.steps().count()));
      trained.setListeners(List.of(counts));
      return result(request, trained.fitMultiDataSet(batches), counts, start);
    } finally {
      batches.unpersist();
    }
  }

  private ReplicaDataSets replicaBatches(RoundRequest request, RoundCounts counts) {
    return new ReplicaDataSets(
        data,
        request.steps(),
        request.network().classes(),
        request.rule().labelSmoothing(),
        counts.badSamples(),
        counts.instructionSets());
  }

  private static ComputationGraph graph(RoundRequest request) {
    RoundSteps steps = request.steps();
    double[] rates =
        IntStream.range(steps.from(), steps.to()).mapToDouble(steps::learningRate).toArray();
    return FittedGraph.create(
        request.network(), request.rule(), rates, request.parameters(), request.momentum());
  }

  /** Data sets are passed on as they are (no export), and not prefetched a second time. */
  private ParameterAveragingTrainingMaster master(int steps) {
    return new ParameterAveragingTrainingMaster.Builder(averaging.replicas(), batchSize)
        .batchSizePerWorker(batchSize)
        .averagingFrequency(steps)
        .saveUpdater(true)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .repartionData(Repartition.Never)
        .storageLevel(null)
        .workerPrefetchNumBatches(0)
        .aggregationDepth(AGGREGATION_DEPTH)
        .build();
  }

  private RoundResult result(
      RoundRequest request, ComputationGraph graph, RoundCounts counts, long start) {
    Parameters parameters = Parameters.zeros(request.parameters().layout());
    Parameters momentum = Parameters.zeros(request.momentum().layout());
    FittedGraph.read(request.network(), graph, parameters, momentum);
    graph.close();
    requireFinite(request.steps(), parameters);
    RoundMetrics metrics = counts.metrics((System.nanoTime() - start) / NANOS);
    return new RoundResult(
        parameters,
        averaging.momentum() == MomentumTreatment.AVERAGE
            ? momentum
            : Parameters.zeros(momentum.layout()),
        metrics);
  }

  private static void requireFinite(RoundSteps steps, Parameters parameters) {
    for (float value : parameters.values()) {
      if (!Float.isFinite(value)) {
        throw new RoundFailedException(
            "Cannot go on: the average of the replicas holds " + value + " in " + steps);
      }
    }
  }
}
