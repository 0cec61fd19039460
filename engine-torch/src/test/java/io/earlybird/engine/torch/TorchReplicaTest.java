package io.earlybird.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Engine;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.network.Network;
import io.earlybird.model.reference.RandomBatches;
import io.earlybird.pruning.parity.ReplicaContract;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TorchReplicaTest extends ReplicaContract {
  @Override
  protected Engine engine() {
    return new TorchEngine();
  }

  @Test
  void nativeMemoryDoesNotGrowOver500StepsOfChangingBatches() throws IOException {
    Network network = Networks.named("preresnet-20", 10, 8);
    Batch full = RandomBatches.of(network, 8, 1);
    Batch last = RandomBatches.of(network, 5, 2);
    Batch evaluated = RandomBatches.of(network, 16, 3);
    try (Replica replica = open(network)) {
      long settled = 0;
      for (int i = 0; i < 500; i++) {
        if (i == 100) {
          settled = residentKib();
        }
        replica.step(i % 10 == 9 ? last : full, RULE);
        if (i % 25 == 0) {
          replica.logits(evaluated, Mode.EVALUATION);
        }
      }
      // One leaked set of activations a step would be 400 times 0.8 MiB; what is allowed is the
      // young generation of the Java heap, which is touched only little by little.
      assertThat(residentKib() - settled).isLessThan(200 * 1024);
    }
  }
}
