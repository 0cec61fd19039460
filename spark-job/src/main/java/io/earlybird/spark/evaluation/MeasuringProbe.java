package io.earlybird.spark.evaluation;

import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.policy.Probe;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.FloatVector;
import io.earlybird.spark.averaging.WeightedMean;
import io.earlybird.spark.batches.TrainingData;
import io.earlybird.spark.replica.ReplicaKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Answers policies with distributed jobs on the first steps of the coming epoch.
 *
 * <p>Driver only.
 */
public final class MeasuringProbe implements Probe {
  private final JavaSparkContext spark;
  private final Function<TrainingState, ReplicaKey> keys;
  private final Averaging averaging;
  private final TrainingData data;

  /**
   * Measures on the batches of these replicas.
   *
   * @param keys what the replicas of a state are opened with
   */
  public MeasuringProbe(
      JavaSparkContext spark,
      Function<TrainingState, ReplicaKey> keys,
      Averaging averaging,
      TrainingData data) {
    this.spark = spark;
    this.keys = keys;
    this.averaging = averaging;
    this.data = data;
  }

  /** As many tasks at a time as there are slots, so that the driver never holds more gradients. */
  @Override
  public Parameters gradients(TrainingState state, int batches) {
    int slots = Math.max(1, spark.sc().defaultParallelism());
    WeightedMean mean = new WeightedMean(state.parameters().values().length);
    Broadcast<ProbeInput> broadcast = spark.broadcast(input(state, batches));
    try {
      spark.setJobDescription(asked(state) + ": gradients of " + batches + " batches");
      spark.setCallSite("gradients");
      for (int from = 0; from < averaging.tasks(); from += slots) {
        List<Integer> tasks =
            IntStream.range(from, Math.min(averaging.tasks(), from + slots)).boxed().toList();
        spark.parallelize(tasks, tasks.size()).map(new GradientPart(broadcast)).collect().stream()
            .forEach(part -> mean.add(part.samples(), part.values().values()));
      }
      return new Parameters(state.parameters().layout(), mean.toFloats());
    } finally {
      spark.clearCallSite();
      broadcast.destroy();
    }
  }

  /** The batches are those of replica 0. */
  @Override
  public List<Map<String, float[]>> activations(
      TrainingState state, Set<String> nodes, int batches) {
    List<Integer> steps = IntStream.range(0, clip(batches)).boxed().toList();
    Broadcast<ProbeInput> broadcast = spark.broadcast(input(state, batches));
    try {
      spark.setJobDescription(asked(state) + ": activations of " + nodes.size() + " nodes");
      spark.setCallSite("activations");
      return spark
          .parallelize(steps, steps.size())
          .flatMap(new ActivationPart(broadcast, List.copyOf(nodes)))
          .collect();
    } finally {
      spark.clearCallSite();
      broadcast.destroy();
    }
  }

  @Override
  public Parameters batchNormStatistics(TrainingState state, int batches) {
    return new BatchNormStatistics(spark, averaging, data)
        .estimate(
            keys.apply(state), state.parameters(), state.completedEpochs(), batches, asked(state));
  }

  private static String asked(TrainingState state) {
    return state.completedEpochs() == 0
        ? "for the policy, before epoch 1"
        : "for the policy, after epoch " + state.completedEpochs();
  }

  private ProbeInput input(TrainingState state, int batches) {
    return new ProbeInput(
        keys.apply(state),
        new FloatVector(state.parameters().values()),
        averaging,
        data,
        state.completedEpochs(),
        clip(batches));
  }

  private int clip(int batches) {
    return Math.min(batches, data.stepsPerEpoch());
  }
}
