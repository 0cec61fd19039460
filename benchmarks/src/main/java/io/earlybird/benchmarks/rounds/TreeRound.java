package io.earlybird.benchmarks.rounds;

import io.earlybird.spark.round.RoundMetrics.Seconds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingAggregationTuple;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingElementAddFunction;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingElementCombineFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What dl4j-spark's {@code ParameterAveragingTrainingMaster} does with a state around the fitting:
 * it is broadcast, every replica answers its own in a partition of its own, and dl4j-spark's
 * functions add them up in a tree of depth 2.
 */
final class TreeRound implements Round {
  private static final int AGGREGATION_DEPTH = 2;
  private static final double NANOS = 1e9;

  private final JavaSparkContext spark;
  private final RoundCase test;

  TreeRound(JavaSparkContext spark, RoundCase test) {
    this.spark = spark;
    this.test = test;
  }

  @Override
  public Seconds run() {
    int length = test.initial().layout().trainableLength();
    try (INDArray parameters = Nd4j.rand(1, length);
        INDArray momentum = Nd4j.zeros(1, length)) {
      return run(new NetBroadcastTuple((ComputationGraphConfiguration) null, parameters, momentum));
    }
  }

  private Seconds run(NetBroadcastTuple state) {
    long start = System.nanoTime();
    Broadcast<NetBroadcastTuple> broadcast = spark.broadcast(state);
    double sent = (System.nanoTime() - start) / NANOS;
    List<Integer> replicas = IntStream.range(0, test.replicas()).boxed().toList();
    ParameterAveragingAggregationTuple sum =
        spark
            .parallelize(replicas, replicas.size())
            .map(new Answer(broadcast))
            .treeAggregate(
                null,
                new ParameterAveragingElementAddFunction(),
                new ParameterAveragingElementCombineFunction(),
                AGGREGATION_DEPTH);
    sum.getParametersSum().divi(sum.getAggregationsCount()).close();
    sum.getUpdaterStateSum().divi(sum.getAggregationsCount()).close();
    broadcast.destroy();
    double total = (System.nanoTime() - start) / NANOS;
    return new Seconds(total, 0, 0, sent, total - sent);
  }

  /** The state of a replica that has not moved. */
  private static final class Answer implements Function<Integer, ParameterAveragingTrainingResult> {
    private static final long serialVersionUID = 1;

    private final Broadcast<NetBroadcastTuple> broadcast;

    Answer(Broadcast<NetBroadcastTuple> broadcast) {
      this.broadcast = broadcast;
    }

    @Override
    public ParameterAveragingTrainingResult call(Integer replica) {
      NetBroadcastTuple state = broadcast.value();
      return new ParameterAveragingTrainingResult(
          state.getParameters().dup(),
          state.getUpdaterState().dup(),
          0,
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>()); // which dl4j-spark's functions add to
    }
  }
}
