package io.earlybird.benchmarks.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.engine.Engines;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.averaging.WirePrecision;
import io.earlybird.spark.batches.BatchStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StillReplicaTest {
  private final RoundCase test = new RoundCase("demo", 8, 4, WirePrecision.FLOAT32);
  private final Parameters start = test.initial();

  @Test
  void answersWhatWasLoadedUntilItsFirstStep() {
    try (Replica replica = open()) {
      assertThat(read(replica)).isEqualTo(start.values());
    }
  }

  @Test
  void movesInProportionToTheNumberOfTheReplica() throws IOException {
    double first = moved(0);
    assertThat(first).isPositive();
    assertThat(moved(2)).isCloseTo(3 * first, within(1e-3 * first));
  }

  /** Mean distance of the values from the start. */
  private double moved(int number) throws IOException {
    try (Replica replica = open();
        BatchStream batches = new ReplicaNumbers(8).open(0, number, 0, 1)) {
      assertThat(batches.next()).isTrue();
      replica.step(batches.batch(), StepRule.sgd(0.1, 0.9, 0));
      assertThat(batches.next()).isFalse();
      float[] values = read(replica);
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += Math.abs((double) values[i] - start.values()[i]);
      }
      return sum / values.length;
    }
  }

  private Replica open() {
    Replica replica = Engines.named(StillEngine.NAME).open(ReplicaRequest.cpu(test.network()));
    replica.load(start, Parameters.zeros(start.layout()));
    return replica;
  }

  private static float[] read(Replica replica) {
    Parameters values = Parameters.zeros(ParameterLayout.of(replica.network()));
    replica.readParameters(values);
    return values.values();
  }
}
