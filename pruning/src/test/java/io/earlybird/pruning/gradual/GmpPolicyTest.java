package io.earlybird.pruning.gradual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.gradual.GmpOptions.Mode;
import io.earlybird.pruning.policy.History;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyMemory;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.training.ReplicaTraining;
import io.earlybird.pruning.weights.CubicSparsity;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GmpPolicyTest {
  private static GmpOptions gmp(double sparsity, int everyEpochs, Mode mode) {
    return new GmpOptions(new CubicSparsity(sparsity, everyEpochs), mode, Scope.ALL);
  }

  @Test
  void sparsityGrowsAlongTheCubicOfTheExample() {
    CubicSparsity curve = new CubicSparsity(.9, 20);
    assertThat(curve.prunings(200)).isEqualTo(9);
    assertThat(IntStream.rangeClosed(1, 9).mapToDouble(i -> curve.after(i, 200)).toArray())
        .containsExactly(
            new double[] {.2679, .4765, .6333, .7457, .8210, .8667, .8901, .8988, .9000},
            within(5.1e-5));
    assertThat(curve.fraction(2, 200)).isCloseTo(.284992, within(5e-7));
  }

  @Test
  void reachesItsSparsityOneIntervalBeforeTheEndAndHoldsZeros() {
    ReplicaTraining run = ReplicaTraining.run(gmp(.9, 2, Mode.INCREMENTAL), 8).requireZeros();
    PrunableWeights weights =
        PrunableWeights.of(ParameterLayout.of(ReplicaTraining.network()), Scope.ALL);
    assertThat(run.events()).extracting("epoch").containsExactly(2, 4, 6);
    assertThat(weights.sparsity(run.last().state().held()))
        .isCloseTo(.9, within(2.0 / weights.count()));
  }

  @Test
  void recoveringBringsMaskedWeightsBackWithTheirValuesButForTheLastPruning() {
    Policy policy = gmp(.5, 1, Mode.RECOVERING).create(ReplicaTraining.recipe(4));
    Parameters drawn = Initialization.draw(ReplicaTraining.network(), 5);
    TrainingState begun = TrainingState.initial(ReplicaTraining.network(), drawn.copy());
    TrainingState first = afterEpoch(policy, begun, drawn.copy());
    assertThat(first.held().isEmpty()).isFalse();

    Parameters shrunk = first.parameters().copy();
    for (int i = 0; i < shrunk.layout().trainableLength(); i++) {
      shrunk.values()[i] *= 1e-6f;
    }
    TrainingState second = afterEpoch(policy, first, shrunk);
    for (int i = first.held().next(0); i >= 0; i = first.held().next(i + 1)) {
      assertThat(second.held().holds(i)).isFalse();
      assertThat(second.parameters().values()[i]).isEqualTo(drawn.values()[i]).isNotZero();
      assertThat(second.momentum().values()[i]).isZero();
    }

    TrainingState last = afterEpoch(policy, second, second.parameters().copy());
    assertThat(second.held().union(last.held())).isEqualTo(last.held());
    assertThat(last.memory()).isEqualTo(PolicyMemory.empty());
    PrunableWeights weights = PrunableWeights.of(drawn.layout(), Scope.ALL);
    assertThat(weights.sparsity(last.held())).isCloseTo(.5, within(2.0 / weights.count()));
  }

  private static TrainingState afterEpoch(Policy policy, TrainingState state, Parameters values) {
    TrainingState trained = state.trained(values, Parameters.zeros(values.layout()));
    return policy.next(trained, History.empty(), null).state();
  }

  @Test
  void resumesToTheSameBits() {
    ReplicaTraining.requireResumes(gmp(.8, 1, Mode.INCREMENTAL), 4);
    ReplicaTraining.requireResumes(gmp(.8, 1, Mode.RECOVERING), 4);
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> gmp(.9, 3, Mode.INCREMENTAL).create(ReplicaTraining.recipe(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("every 3 of 5 epochs: must be half of them at most");
    assertThatThrownBy(() -> new CubicSparsity(1, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid sparsity 1.0");
    assertThatThrownBy(() -> gmp(.9999, 1, Mode.INCREMENTAL).requireFits(ReplicaTraining.network()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none would be left");
  }
}
