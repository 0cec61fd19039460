package io.earlybird.pruning.slimming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Network;
import io.earlybird.pruning.policy.PolicyEvent.Switched;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.surgery.SurgeryOptions;
import io.earlybird.pruning.training.ReplicaTraining;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SfpPolicyTest {
  private static SfpOptions options(double keepRate) {
    return new SfpOptions(keepRate, SurgeryOptions.defaults());
  }

  /** Norms .2236, .7071, .3, .9055; (int)(4 * (1 - .7)) = 1. */
  @Test
  void theFilterOfSmallestNormOfTheExampleGoes() {
    float[] kernel = {.1f, .2f, .5f, .5f, 0, .3f, .9f, .1f};
    assertThat(SoftFilters.smallest(FloatBuffer.wrap(kernel), 4, .7)).containsExactly(0);
    assertThat(SoftFilters.smallest(FloatBuffer.wrap(kernel), 4, .5)).containsExactly(0, 2);
  }

  @Test
  void filtersAreZeroAfterEveryEpochAndGrowAgain() {
    ReplicaTraining run = ReplicaTraining.run(options(.7), 3);
    for (TrainingState state : run.states().subList(0, 3)) {
      assertThat(zeroFilters(state, "conv1", 24)).isEqualTo(7);
      assertThat(zeroFilters(state, "conv2", 16)).isEqualTo(4);
      assertThat(state.held().isEmpty()).isTrue();
    }
    Switched cut = (Switched) run.events().get(0);
    assertThat(cut.keptChannels()).containsEntry("bn1", 17).containsEntry("bn2", 12);
    assertThat(run.last().state().network().shape("conv2").channels()).isEqualTo(12);
  }

  private static int zeroFilters(TrainingState state, String convolution, int filters) {
    FloatBuffer kernel = state.parameters().slice(convolution + ".weight");
    int size = kernel.capacity() / filters;
    int zero = 0;
    for (int filter = 0; filter < filters; filter++) {
      boolean all = true;
      for (int i = filter * size; i < (filter + 1) * size; i++) {
        all &= kernel.get(i) == 0;
      }
      zero += all ? 1 : 0;
    }
    return zero;
  }

  @Test
  void shortcutsAreLeftAlone() {
    Network network = Networks.named("resnet18-cifar", 10, 32);
    List<String> names =
        SoftFilters.of(network, .7).layers().keySet().stream().map(Convolution::name).toList();
    assertThat(names).hasSize(17).noneMatch(name -> name.contains("downsample"));
  }

  @Test
  void resumesToTheSameBits() {
    ReplicaTraining.requireResumes(options(.5), 3);
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> options(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid keep rate 0.0: must be in (0, 1]");
  }
}
