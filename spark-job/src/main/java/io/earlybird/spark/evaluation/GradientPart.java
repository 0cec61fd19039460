package io.earlybird.spark.evaluation;

import io.earlybird.model.engine.Replica;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.FloatVector;
import io.earlybird.spark.averaging.WeightedMean;
import io.earlybird.spark.batches.BatchStream;
import io.earlybird.spark.replica.ReplicaPool;
import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/** Task of {@link MeasuringProbe#gradients}: the mean gradient of the batches of its replicas. */
final class GradientPart implements Function<Integer, GradientPart.Gradient> {
  private static final long serialVersionUID = 1;

  private final Broadcast<ProbeInput> broadcast;

  /**
   * A mean gradient.
   *
   * @param samples behind it
   * @param values in the layout of the network; zero without samples
   */
  record Gradient(long samples, FloatVector values) implements Serializable {
    private static final long serialVersionUID = 1;
  }

  GradientPart(Broadcast<ProbeInput> broadcast) {
    this.broadcast = broadcast;
  }

  @Override
  public Gradient call(Integer task) throws IOException {
    ProbeInput input = broadcast.value();
    return ReplicaPool.shared().use(input.key(), replica -> measure(input, task, replica));
  }

  private static Gradient measure(ProbeInput input, int task, Replica replica) throws IOException {
    ParameterLayout layout = ParameterLayout.of(replica.network());
    replica.load(input.parameters(layout), Parameters.zeros(layout));
    Parameters gradient = Parameters.zeros(layout);
    WeightedMean mean = new WeightedMean(layout.length());
    Averaging averaging = input.averaging();
    for (int j = averaging.firstReplica(task); j < averaging.endReplica(task); j++) {
      try (BatchStream batches = input.data().open(input.epoch(), j, 0, input.steps())) {
        while (batches.next()) {
          replica.gradients(batches.batch(), 0, gradient);
          mean.add(batches.batch().size(), gradient.values());
        }
      }
    }
    return mean.weight() == 0
        ? new Gradient(0, new FloatVector(new float[layout.length()]))
        : new Gradient(mean.weight(), new FloatVector(mean.toFloats()));
  }
}
