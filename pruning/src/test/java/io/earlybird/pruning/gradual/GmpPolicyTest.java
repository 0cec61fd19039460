package io.earlybird.pruning.gradual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.training.ReplicaTraining;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GmpPolicyTest {
  @Test
  void sparsityGrowsAlongTheCubicOfTheExample() {
    GmpOptions options = new GmpOptions(.9, 20, Scope.ALL);
    assertThat(options.prunings(200)).isEqualTo(9);
    assertThat(
            IntStream.rangeClosed(1, 9).mapToDouble(i -> options.sparsityAfter(i, 200)).toArray())
        .containsExactly(
            new double[] {.2679, .4765, .6333, .7457, .8210, .8667, .8901, .8988, .9000},
            within(5.1e-5));
    assertThat(options.fraction(2, 200)).isCloseTo(.284992, within(5e-7));
  }

  @Test
  void reachesItsSparsityOneIntervalBeforeTheEndAndHoldsZeros() {
    ReplicaTraining run = ReplicaTraining.run(new GmpOptions(.9, 2, Scope.ALL), 8).requireZeros();
    PrunableWeights weights =
        PrunableWeights.of(ParameterLayout.of(ReplicaTraining.network()), Scope.ALL);
    assertThat(run.events()).extracting("epoch").containsExactly(2, 4, 6);
    assertThat(weights.sparsity(run.last().state().held()))
        .isCloseTo(.9, within(2.0 / weights.count()));
  }

  @Test
  void resumesToTheSameBits() {
    ReplicaTraining.requireResumes(new GmpOptions(.8, 1, Scope.CONVOLUTIONS), 4);
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> new GmpOptions(.9, 3, Scope.ALL).create(ReplicaTraining.recipe(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("every 3 of 5 epochs: must be half of them at most");
    assertThatThrownBy(() -> new GmpOptions(1, 3, Scope.ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid sparsity 1.0");
    assertThatThrownBy(
            () -> new GmpOptions(.9999, 1, Scope.ALL).requireFits(ReplicaTraining.network()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none would be left");
  }
}
