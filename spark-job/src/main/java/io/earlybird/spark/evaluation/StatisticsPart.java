package io.earlybird.spark.evaluation;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.Moments;
import io.earlybird.spark.averaging.MomentumTreatment;
import io.earlybird.spark.averaging.StateVector;
import io.earlybird.spark.batches.BatchStream;
import io.earlybird.spark.replica.ReplicaPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * Task of {@link BatchNormStatistics}: the statistics of the batches of its replicas.
 *
 * <p>The statistics of one batch are what a forward pass in training mode leaves of running
 * statistics that were zero before, divided by {@link BatchNorm#RUNNING_FACTOR}.
 */
final class StatisticsPart implements Function<Integer, Moments> {
  private static final long serialVersionUID = 1;

  private final Broadcast<ProbeInput> broadcast;

  StatisticsPart(Broadcast<ProbeInput> broadcast) {
    this.broadcast = broadcast;
  }

  @Override
  public Moments call(Integer task) throws IOException {
    ProbeInput input = broadcast.value();
    return ReplicaPool.shared().use(input.key(), replica -> measure(input, task, replica));
  }

  private static Moments measure(ProbeInput input, int task, Replica replica) throws IOException {
    ParameterLayout layout = ParameterLayout.of(replica.network());
    Parameters start = new Parameters(layout, input.values().values().clone());
    Arrays.fill(start.values(), layout.trainableLength(), layout.length(), 0);
    List<Moments> moments = new ArrayList<>();
    Averaging averaging = input.averaging();
    for (int j = averaging.firstReplica(task); j < averaging.endReplica(task); j++) {
      try (BatchStream batches = input.data().open(input.epoch(), j, 0, input.steps())) {
        while (batches.next()) {
          moments.add(measure(replica, start, batches.batch()));
        }
      }
    }
    return moments.isEmpty()
        ? new Moments(0, new double[0], new double[0])
        : Moments.combine(moments);
  }

  private static Moments measure(Replica replica, Parameters start, Batch batch) {
    Parameters after = Parameters.zeros(start.layout());
    replica.load(start, Parameters.zeros(start.layout()));
    replica.logits(batch, Mode.TRAINING);
    replica.readParameters(after);
    Moments moved = new StateVector(start.layout(), MomentumTreatment.RESET).moments(after, 1);
    for (int i = 0; i < moved.means().length; i++) {
      moved.means()[i] /= BatchNorm.RUNNING_FACTOR;
      moved.variances()[i] /= BatchNorm.RUNNING_FACTOR;
    }
    return new Moments(batch.size(), moved.means(), moved.variances());
  }
}
