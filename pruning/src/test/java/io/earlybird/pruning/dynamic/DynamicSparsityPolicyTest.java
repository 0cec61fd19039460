package io.earlybird.pruning.dynamic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.engine.HeldMomentum;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.policy.PolicyOptions;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.training.ReplicaTraining;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DynamicSparsityPolicyTest {
  private static final int EPOCHS = 6;
  private static final PrunableWeights WEIGHTS =
      PrunableWeights.of(ParameterLayout.of(ReplicaTraining.network()), Scope.ALL);

  private static DynamicSparsity sparsity(
      Distribution distribution, Drop drop, Redistribution redistribution, Growth growth) {
    return new DynamicSparsity(
        new Start(0.3, distribution, Start.Draw.EXACT),
        new DropRate(DropRate.Shape.COSINE, 0.3, 0.005),
        drop,
        redistribution,
        growth,
        1,
        1,
        Scope.ALL);
  }

  private static PolicyOptions sparseMomentum(Redistribution redistribution, Growth growth) {
    return new SparseMomentumOptions(
        sparsity(Distribution.UNIFORM, Drop.MAGNITUDE, redistribution, growth));
  }

  private static PolicyOptions set() {
    return new FixedLayersOptions(
        "set", sparsity(Distribution.ER, Drop.MAGNITUDE, Redistribution.FIXED, Growth.RANDOM));
  }

  private static PolicyOptions rigl() {
    return new FixedLayersOptions(
        "rigl", sparsity(Distribution.ERK, Drop.MAGNITUDE, Redistribution.FIXED, Growth.GRADIENT));
  }

  static Stream<Arguments> policies() {
    return Stream.of(
        Arguments.of("momentum", sparseMomentum(Redistribution.MOMENTUM, Growth.MOMENTUM)),
        Arguments.of("magnitude", sparseMomentum(Redistribution.MAGNITUDE, Growth.MOMENTUM)),
        Arguments.of("nonzero", sparseMomentum(Redistribution.NONZERO, Growth.RANDOM)),
        Arguments.of("none", sparseMomentum(Redistribution.NONE, Growth.GRADIENT)),
        Arguments.of("set", set()),
        Arguments.of("rigl", rigl()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("policies")
  void theDensityIsKeptWithinOnePercentAndInactiveWeightsAreZero(
      String name, PolicyOptions options) {
    ReplicaTraining run = ReplicaTraining.run(options, EPOCHS).requireZeros();
    assertThat(run.events()).as(name).hasSize(EPOCHS);
    for (int epoch = 0; epoch <= EPOCHS; epoch++) {
      int active = WEIGHTS.active(run.states().get(epoch).held());
      assertThat(active / (0.3 * WEIGHTS.count())).isCloseTo(1, within(0.01));
    }
    assertThat(run.states().get(1).held()).isNotEqualTo(run.states().get(2).held());
    assertThat(run.states().get(EPOCHS).held())
        .as("masks stay after the last epoch")
        .isEqualTo(run.states().get(EPOCHS - 1).held());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("policies")
  void resumesToTheSameBits(String name, PolicyOptions options) {
    ReplicaTraining.requireResumes(options, 4);
  }

  @Test
  void momentumOfInactiveWeightsGoesOnInSparseMomentum() {
    ReplicaTraining run =
        ReplicaTraining.run(sparseMomentum(Redistribution.MOMENTUM, Growth.MOMENTUM), 3);
    TrainingState state = run.states().get(2);
    assertThat(velocitiesOf(state, state.held())).isGreaterThan(state.held().count() / 2);
    assertThat(run.last().rule().heldMomentum()).isEqualTo(HeldMomentum.GOES_ON);
  }

  @Test
  void grownWeightsOfRiglBeginAtZeroAndLayersKeepTheirCounts() {
    ReplicaTraining run = ReplicaTraining.run(rigl(), 4);
    for (int epoch = 2; epoch < 4; epoch++) {
      HeldEntries before = run.states().get(epoch - 1).held();
      TrainingState after = run.states().get(epoch);
      int grown = 0;
      for (int i = before.next(0); i >= 0; i = before.next(i + 1)) {
        assertThat(after.parameters().values()[i]).isZero();
        assertThat(after.momentum().values()[i]).isZero();
        grown += after.held().holds(i) ? 0 : 1;
      }
      assertThat(grown).isPositive();
      for (ParameterLayout.Entry layer : WEIGHTS.layers()) {
        assertThat(PrunableWeights.active(layer, after.held()))
            .isEqualTo(PrunableWeights.active(layer, before));
      }
    }
    assertThat(velocitiesOf(run.states().get(3), run.states().get(3).held())).isZero();
  }

  private static int velocitiesOf(TrainingState state, HeldEntries held) {
    int moving = 0;
    for (int i = held.next(0); i >= 0; i = held.next(i + 1)) {
      moving += state.momentum().values()[i] == 0 ? 0 : 1;
    }
    return moving;
  }

  @ParameterizedTest
  @EnumSource(Drop.class)
  void everyRuleOfDroppingKeepsTheDensity(Drop drop) {
    PolicyOptions options =
        new SparseMomentumOptions(
            sparsity(Distribution.UNIFORM, drop, Redistribution.MOMENTUM, Growth.MOMENTUM));
    ReplicaTraining run = ReplicaTraining.run(options, EPOCHS).requireZeros();
    assertThat(WEIGHTS.active(run.last().state().held()) / (0.3 * WEIGHTS.count()))
        .isCloseTo(1, within(0.01));
  }

  @Test
  void masksChangeOnlyWhenItIsTimeAndOnlyUntilTheyMay() {
    DynamicSparsity seldom =
        new DynamicSparsity(
            new Start(0.3, Distribution.UNIFORM, Start.Draw.BERNOULLI),
            new DropRate(DropRate.Shape.COSINE, 0.3, 0),
            Drop.MAGNITUDE,
            Redistribution.FIXED,
            Growth.GRADIENT,
            2,
            0.75,
            Scope.CONVOLUTIONS);
    ReplicaTraining run = ReplicaTraining.run(new FixedLayersOptions("rigl", seldom), 8);
    assertThat(run.events()).extracting("epoch").containsExactly(0, 2, 4, 6);
    assertThat(seldom.rateAfter(3, 8)).isEqualTo(0.15);
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> new DropRate(DropRate.Shape.COSINE, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid drop rate from 1.0");
    assertThatThrownBy(
            () ->
                new DynamicSparsity(
                    new Start(0.1, Distribution.ER, Start.Draw.EXACT),
                    new DropRate(DropRate.Shape.LINEAR, 0.3, 0),
                    Drop.MAGNITUDE,
                    Redistribution.FIXED,
                    Growth.RANDOM,
                    0,
                    1,
                    Scope.ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("every 0 epochs");
  }
}
