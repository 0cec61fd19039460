package io.earlybird.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Engines;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reference.RandomBatches;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** ND4J, oneDNN and libtorch in one process. */
class EnginesTogetherTest {
  /** Logits are about 1; the order of float32 sums moves them by 1e-6. */
  private static final double TOLERANCE = 1e-3;

  private final Network network = Networks.named("preresnet-20", 10, 8);
  private final Batch batch = RandomBatches.of(network, 6, 1);

  private Replica open(String engine) {
    Replica replica = Engines.named(engine).open(ReplicaRequest.cpu(network));
    Parameters values = Initialization.draw(network, 1);
    replica.load(values, Parameters.zeros(values.layout()));
    return replica;
  }

  private float[] afterTwoSteps(String engine) {
    try (Replica replica = open(engine)) {
      replica.step(batch, StepRule.sgd(0.01, 0.9, 1e-4));
      replica.step(batch, StepRule.sgd(0.01, 0.9, 1e-4));
      return replica.logits(batch, Mode.EVALUATION);
    }
  }

  @Test
  void takeTurnsAndAgree() {
    float[] first = afterTwoSteps("dl4j");
    float[] second = afterTwoSteps("torch");
    for (int i = 0; i < first.length; i++) {
      assertThat((double) second[i]).isCloseTo(first[i], within(TOLERANCE));
    }
    assertThat(afterTwoSteps("dl4j")).isEqualTo(first);
    assertThat(afterTwoSteps("torch")).isEqualTo(second);
  }

  @Test
  void runAtTheSameTimeWithTheBitsThatEachHasAlone()
      throws InterruptedException, ExecutionException {
    float[] first = afterTwoSteps("torch");
    float[] second = afterTwoSteps("dl4j");
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<float[]>> both =
          threads.invokeAll(List.of(() -> afterTwoSteps("torch"), () -> afterTwoSteps("dl4j")));
      assertThat(both.get(0).get()).isEqualTo(first);
      assertThat(both.get(1).get()).isEqualTo(second);
    } finally {
      threads.shutdown();
    }
  }
}
