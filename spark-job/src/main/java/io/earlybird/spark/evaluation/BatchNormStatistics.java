package io.earlybird.spark.evaluation;

import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.FloatVector;
import io.earlybird.spark.averaging.Moments;
import io.earlybird.spark.averaging.MomentumTreatment;
import io.earlybird.spark.averaging.State;
import io.earlybird.spark.averaging.StateVector;
import io.earlybird.spark.batches.TrainingData;
import io.earlybird.spark.replica.ReplicaKey;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Running statistics of a state estimated anew: the mean over some training batches of each
 * replica, as {@link Moments} combine, instead of what local steps and averaging have left.
 *
 * <p>Driver only.
 */
public final class BatchNormStatistics {
  private final JavaSparkContext spark;
  private final Averaging averaging;
  private final TrainingData data;

  /** Estimates on the batches of these replicas. */
  public BatchNormStatistics(JavaSparkContext spark, Averaging averaging, TrainingData data) {
    this.spark = spark;
    this.averaging = averaging;
    this.data = data;
  }

  /**
   * The values with other running statistics.
   *
   * @param epoch 0-based; its first steps are taken, augmented as in training
   * @param batches steps that are looked at, at least 1; at most those of an epoch
   * @param what shown with the job
   */
  public Parameters estimate(
      ReplicaKey key, Parameters parameters, int epoch, int batches, String what) {
    int steps = Math.min(batches, data.stepsPerEpoch());
    List<Integer> tasks = IntStream.range(0, averaging.tasks()).boxed().toList();
    Broadcast<ProbeInput> broadcast =
        spark.broadcast(
            new ProbeInput(
                key, new FloatVector(parameters.values()), averaging, data, epoch, steps));
    try {
      spark.setJobDescription(what + ": batch-norm statistics of " + steps + " batches");
      spark.setCallSite("batch-norm statistics");
      List<Moments> moments =
          spark.parallelize(tasks, tasks.size()).map(new StatisticsPart(broadcast)).collect();
      StateVector vector = new StateVector(parameters.layout(), MomentumTreatment.RESET);
      State estimated = new State(parameters.copy(), parameters);
      vector.write(Moments.combine(moments), estimated);
      return estimated.parameters();
    } finally {
      spark.clearCallSite();
      broadcast.destroy();
    }
  }
}
