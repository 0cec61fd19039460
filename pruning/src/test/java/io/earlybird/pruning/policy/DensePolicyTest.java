package io.earlybird.pruning.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.StepRule;
import io.earlybird.pruning.schedule.LinearDecay;
import org.junit.jupiter.api.Test;

class DensePolicyTest {
  @Test
  void nothingChangesAndTheRunEndsAfterItsEpochs() {
    TrainingRecipe recipe = ScriptedTraining.recipe(4);
    ScriptedTraining run =
        new ScriptedTraining(new DenseOptions().create(recipe)).runFrom(ScriptedTraining.initial());
    assertThat(run.transitions).hasSize(5);
    assertThat(run.events()).isEmpty();
    for (Transition transition : run.transitions) {
      assertThat(transition.rule()).isEqualTo(recipe.rule());
      assertThat(transition.state().generation()).isZero();
      assertThat(transition.state().phase()).isEqualTo(Phase.SEARCH);
    }
    assertThat(run.policy.horizon()).isEmpty();
  }

  @Test
  void scheduleStretchedOverTheRunIsItsHorizon() {
    StepRule rule = StepRule.sgd(0, 0.9, 0);
    TrainingRecipe recipe =
        new TrainingRecipe(4, 1, rule, new LinearDecay(0.1, 4), Precision.FLOAT32);
    assertThat(new DenseOptions().create(recipe).horizon()).hasValue(4);
    assertThatThrownBy(
            () -> new TrainingRecipe(5, 1, rule, new LinearDecay(0.1, 4), Precision.FLOAT32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid schedule for 5 epochs: it covers 4");
  }
}
