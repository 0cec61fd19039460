package io.earlybird.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reference.RandomBatches;
import io.earlybird.model.reference.ReferenceReplica;
import java.nio.FloatBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deep networks, where rounding grows: measured by what a permutation of the batch changes. */
class WholeNetworkParityTest {
  private static final int BATCH = 4;

  /**
   * A permutation changes the order of sums over the batch only; the reference engine differs from
   * float32 in every operation. The factor is what lies between the two, and far below what any
   * wrong term would make.
   */
  private static final double FACTOR = 20;

  /**
   * Gradients of biases before a batch norm are 0 up to rounding, whatever the permutation does.
   */
  private static final double FLOOR = 1e-5;

  @ParameterizedTest
  @ValueSource(strings = {"preresnet-20", "resnet18-cifar"})
  void gradientsAgreeWithTheReferenceEngine(String name) {
    Network network = Networks.named(name, 10, 8);
    Parameters values = Initialization.draw(network, 1);
    Batch batch = RandomBatches.of(network, BATCH, 1);
    Parameters found = Values.zeros(network);
    Parameters permuted = Values.zeros(network);
    Parameters expected = Values.zeros(network);
    try (Replica replica = new Dl4jEngine().open(ReplicaRequest.cpu(network));
        ReferenceReplica reference = new ReferenceReplica(network)) {
      replica.load(values, Values.zeros(network));
      reference.load(values, Values.zeros(network));
      replica.gradients(batch, 0, found);
      replica.gradients(reversed(batch), 0, permuted);
      reference.gradients(batch, 0, expected);
    }
    for (ParameterLayout.Entry entry : found.layout().entries()) {
      double bound = FACTOR * distance(found, permuted, entry) + FLOOR;
      assertThat(distance(found, expected, entry)).as(entry.name()).isLessThanOrEqualTo(bound);
    }
  }

  private static double distance(Parameters a, Parameters b, ParameterLayout.Entry entry) {
    double largest = 0;
    for (int i = entry.offset(); i < entry.end(); i++) {
      largest = Math.max(largest, Math.abs(a.values()[i] - b.values()[i]));
    }
    return largest;
  }

  private static Batch reversed(Batch batch) {
    int elements = batch.imageShape().elements();
    FloatBuffer pixels = FloatBuffer.allocate(batch.size() * elements);
    int[] labels = new int[batch.size()];
    for (int i = 0; i < batch.size(); i++) {
      int from = batch.size() - 1 - i;
      pixels.put(i * elements, batch.pixels(), from * elements, elements);
      labels[i] = batch.label(from);
    }
    return new Batch(batch.size(), batch.imageShape(), pixels, labels);
  }
}
