package io.earlybird.spark.evaluation;

import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.batches.BatchStream;
import io.earlybird.spark.replica.ReplicaPool;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/** Task of {@link MeasuringProbe#activations}: one batch. */
final class ActivationPart implements FlatMapFunction<Integer, Map<String, float[]>> {
  private static final long serialVersionUID = 1;

  private final Broadcast<ProbeInput> broadcast;
  private final List<String> nodes;

  ActivationPart(Broadcast<ProbeInput> broadcast, List<String> nodes) {
    this.broadcast = broadcast;
    this.nodes = List.copyOf(nodes);
  }

  @Override
  public Iterator<Map<String, float[]>> call(Integer step) throws IOException {
    ProbeInput input = broadcast.value();
    return ReplicaPool.shared().use(input.key(), replica -> measure(input, step, replica));
  }

  private Iterator<Map<String, float[]>> measure(ProbeInput input, int step, Replica replica)
      throws IOException {
    ParameterLayout layout = ParameterLayout.of(replica.network());
    replica.load(input.parameters(layout), Parameters.zeros(layout));
    try (BatchStream batches = input.data().open(input.epoch(), 0, step, step + 1)) {
      if (!batches.next()) {
        return Stream.<Map<String, float[]>>empty().iterator();
      }
      Map<String, float[]> found =
          replica.activations(batches.batch(), Set.copyOf(nodes), Mode.TRAINING);
      return Stream.<Map<String, float[]>>of(new HashMap<>(found)).iterator();
    }
  }
}
