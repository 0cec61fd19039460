package io.earlybird.pruning.saliency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.network.Distribution.Constant;
import io.earlybird.model.network.TensorSpec;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.training.ReplicaTraining;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnipPolicyTest {
  private static final int WEIGHTS = 24 * 27 + 16 * 24 * 9 + 3 * 16;

  /** |w * g| = (.05, .12, .03, .008). */
  @Test
  void keepsTheWeightsOfTheExample() {
    float[] w = {.5f, -.2f, .1f, .8f};
    float[] g = {.1f, -.6f, .3f, .01f};
    TensorSpec spec = new TensorSpec("w", List.of(4, 1), TensorSpec.Role.WEIGHT, new Constant(0));
    PrunableWeights weights = new PrunableWeights(List.of(new ParameterLayout.Entry(spec, 0)));
    HeldEntries held = SnipPolicy.masked(w, g, weights, 2);
    assertThat(held.toBitSet().stream().toArray()).containsExactly(2, 3);
  }

  @Test
  void masksOnceAndKeepsTheMask() {
    ReplicaTraining run = ReplicaTraining.run(new SnipOptions(0.9, 2, Scope.ALL), 3).requireZeros();
    assertThat(run.events()).hasSize(1);
    int kept = (int) Math.rint(WEIGHTS * (1 - 0.9));
    for (int epoch = 0; epoch <= 3; epoch++) {
      assertThat(run.states().get(epoch).held().count()).isEqualTo(WEIGHTS - kept);
      assertThat(run.states().get(epoch).held()).isEqualTo(run.states().get(0).held());
    }
  }

  @Test
  void resumesToTheSameBits() {
    ReplicaTraining.requireResumes(new SnipOptions(0.5, 1, Scope.CONVOLUTIONS), 3);
  }

  @Test
  void layersWithoutWeightsAreReported() {
    SnipOptions options = new SnipOptions(0.9995, 1, Scope.ALL);
    ReplicaTraining run = ReplicaTraining.run(options, 1);
    assertThat(options.create(ReplicaTraining.recipe(1)).remarks(run.last().state()))
        .isNotEmpty()
        .allMatch(remark -> remark.matches("SNIP left .*weight without a weight.*"));
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> new SnipOptions(1, 1, Scope.ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid sparsity 1.0");
    assertThatThrownBy(() -> new SnipOptions(0.5, 0, Scope.ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid batches 0");
    assertThatThrownBy(
            () -> new SnipOptions(0.9999, 1, Scope.ALL).requireFits(ReplicaTraining.network()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none would be left");
  }
}
