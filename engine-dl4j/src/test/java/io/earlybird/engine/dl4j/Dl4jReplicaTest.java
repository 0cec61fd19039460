package io.earlybird.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.engine.dl4j.kernels.HostThreads;
import io.earlybird.engine.dl4j.onednn.OneDnnKernels;
import io.earlybird.model.architecture.Networks;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Engine;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reference.RandomBatches;
import io.earlybird.pruning.parity.NodeNetworks;
import io.earlybird.pruning.parity.ReplicaContract;
import io.earlybird.pruning.parity.Values;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

class Dl4jReplicaTest extends ReplicaContract {
  @Override
  protected Engine engine() {
    return new Dl4jEngine();
  }

  @Test
  void updateReproducesTheTableOfTheSpecification() {
    Network network = NodeNetworks.around("bn", 3, 3, new BatchNorm("bn", "first", 1));
    ParameterLayout layout = ParameterLayout.of(network);
    int gamma = layout.entry("bn.weight").offset();
    Parameters values = Values.zeros(network);
    float[] start = {0.5f, -0.2f, 0};
    System.arraycopy(start, 0, values.values(), gamma, start.length);
    float[] momentum = new float[layout.length()];
    try (TrainableGraph graph =
        new TrainableGraph(
            network, Fusion.none(network), new OneDnnKernels(DataType.FLOAT, HostThreads.one()))) {
      FlatParameters flat = graph.parameters();
      flat.load(values);
      Segment segment =
          flat.segments().stream()
              .filter(candidate -> candidate.entry().name().equals("bn.weight"))
              .findFirst()
              .orElseThrow();
      for (int i = 0; i < start.length; i++) {
        flat.gradients().put(segment.flatOffset() + i, 0.01f);
      }
      Update update = new Update(flat, momentum, HostThreads.one());
      double[][] expected = {
        {0.01015, 0.00988, 0.01},
        {0.498985, -0.200988, -0.001},
        {0.0192848985, 0.0187719012, 0.0188999},
        {0.49705651015, -0.20286519012, -0.00288999}
      };
      for (int step = 0; step < 2; step++) {
        update.apply(RULE);
        flat.read(values);
        for (int i = 0; i < start.length; i++) {
          assertThat((double) momentum[gamma + i]).isCloseTo(expected[2 * step][i], within(2e-9));
          assertThat((double) values.values()[gamma + i])
              .isCloseTo(expected[2 * step + 1][i], within(6e-8));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"preresnet-20", "resnet18-cifar", "vgg16-cifar"})
  void evaluationWithFoldedBatchNormsAgreesWithUnfusedNodes(String name) {
    Network network = Networks.named(name, 10, name.startsWith("vgg") ? 32 : 8);
    Batch batch = RandomBatches.of(network, 3, 5);
    try (Replica replica = open(network)) {
      for (int i = 0; i < 3; i++) {
        replica.step(RandomBatches.of(network, 8, i), RULE);
        String output = network.output().name();
        float[] unfused = replica.activations(batch, Set.of(output), Mode.EVALUATION).get(output);
        float[] folded = replica.logits(batch, Mode.EVALUATION);
        for (int j = 0; j < folded.length; j++) {
          // the factors of a folded kernel are rounded once more
          assertThat(folded[j]).isCloseTo(unfused[j], within(2e-4f * (1 + Math.abs(unfused[j]))));
        }
      }
    }
  }

  @Test
  void nativeMemoryDoesNotGrowOver500StepsOfChangingBatches() throws IOException {
    Network network = Networks.named("preresnet-20", 10, 16);
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
      // One leaked set of activations a step would be 400 times 3 MiB; what is allowed is the young
      // generation of the Java heap, which is touched only little by little.
      assertThat(residentKib() - settled).isLessThan(300 * 1024);
    }
  }
}
