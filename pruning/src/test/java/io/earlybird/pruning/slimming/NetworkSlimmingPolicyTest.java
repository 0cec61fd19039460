package io.earlybird.pruning.slimming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.mask.MaskRule;
import io.earlybird.pruning.policy.Inherit;
import io.earlybird.pruning.policy.Phase;
import io.earlybird.pruning.policy.PolicyEvent.Switched;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.schedule.RetrainingRule;
import io.earlybird.pruning.schedule.RetrainingRule.Name;
import io.earlybird.pruning.surgery.GroupRule;
import io.earlybird.pruning.surgery.SurgeryOptions;
import io.earlybird.pruning.training.ReplicaTraining;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkSlimmingPolicyTest {
  private static final int EPOCHS = 3;

  private static NetworkSlimmingOptions options(double ratio, Inherit inherit, Name retraining) {
    return new NetworkSlimmingOptions(
        ratio,
        MaskRule.EXACT_K,
        1e-3,
        1e-4,
        SurgeryOptions.defaults(),
        inherit,
        2,
        RetrainingRule.of(retraining));
  }

  @Test
  void cutsOnceAtTheEndOfTheTrainingAndRetrains() {
    ReplicaTraining run =
        ReplicaTraining.run(options(0.5, Inherit.INHERIT, Name.BUDGET_AWARE), EPOCHS);
    assertThat(run.events()).hasSize(1);
    Switched switched = (Switched) run.events().get(0);
    assertThat(switched.epoch()).isEqualTo(EPOCHS);
    assertThat(switched.paperFlops()).isLessThan(switched.densePaperFlops());
    TrainingState cut = run.states().get(EPOCHS);
    assertThat(channels(cut.network())).isEqualTo(20);
    assertThat(cut.phase()).isEqualTo(Phase.RETRAIN);
    assertThat(cut.generation()).isEqualTo(1);
    assertThat(cut.momentum()).isEqualTo(Parameters.zeros(cut.momentum().layout()));
    assertThat(run.last().state().completedEpochs()).isEqualTo(EPOCHS + 2);
    assertThat(run.transitions().get(0).rule().gammaL1()).isEqualTo(1e-3);
    assertThat(run.transitions().get(EPOCHS).rule().gammaL1()).isEqualTo(1e-4);
    // three epochs compressed into two: the second half begins in the middle of the record
    assertThat(run.transitions().get(EPOCHS).schedule().learningRate(EPOCHS, 0, 2)).isEqualTo(.05);
  }

  private static int channels(Network network) {
    return network.nodes(BatchNorm.class).stream()
        .mapToInt(norm -> network.shape(norm.name()).channels())
        .sum();
  }

  @Test
  void scratchTrainsTheSmallerNetworkFromFreshValues() {
    ReplicaTraining run =
        ReplicaTraining.run(options(0.5, Inherit.REINIT, Name.BUDGET_AWARE), EPOCHS);
    TrainingState cut = run.states().get(EPOCHS);
    assertThat(channels(cut.network())).isEqualTo(20);
    assertThat(cut.parameters().slice("bn1.weight").get(0)).isEqualTo(0.5f);
  }

  @ParameterizedTest
  @EnumSource(
      value = Inherit.class,
      names = {"INHERIT", "REINIT"})
  void resumesToTheSameBits(Inherit inherit) {
    ReplicaTraining.requireResumes(options(0.3, inherit, Name.FT), 2);
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> options(1, Inherit.INHERIT, Name.FT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid pruning ratio 1.0");
    assertThatThrownBy(() -> options(0.5, Inherit.REWIND, Name.FT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keeps the trained values or draws fresh ones");
    assertThatThrownBy(
            () ->
                new NetworkSlimmingOptions(
                    0.5,
                    MaskRule.EXACT_K,
                    0,
                    0,
                    SurgeryOptions.defaults().withRule(GroupRule.WIDTH_TRANSFER),
                    Inherit.REINIT,
                    2,
                    RetrainingRule.of(Name.FT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("surgery width-transfer");
    assertThatThrownBy(
            () -> options(0.5, Inherit.INHERIT, Name.LRW).create(ReplicaTraining.recipe(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the record has 1");
  }
}
