package io.earlybird.pruning.iterative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.policy.PolicyEvent.Pruned;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.training.ReplicaTraining;
import io.earlybird.pruning.weights.MagnitudePruning.Rule;
import io.earlybird.pruning.weights.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LotteryTicketPolicyTest {
  private static final int EPOCHS = 4;

  private static LotteryTicketOptions options(int rounds, int rewindEpoch, Scope scope) {
    return new LotteryTicketOptions(0.75, rounds, rewindEpoch, scope, Rule.EXACT_K);
  }

  @ParameterizedTest(name = "rewound to epoch {0}")
  @ValueSource(ints = {0, 1})
  void survivorsGoBackAndTheOthersAreZero(int rewindEpoch) {
    ReplicaTraining run =
        ReplicaTraining.run(options(1, rewindEpoch, Scope.ALL), EPOCHS).requireZeros();
    TrainingState rewound = run.states().get(EPOCHS);
    Parameters before = run.states().get(rewindEpoch).parameters().copy();
    rewound.held().zero(before.values());
    assertThat(rewound.parameters()).isEqualTo(before);
    assertThat(rewound.momentum()).isEqualTo(Parameters.zeros(before.layout()));
    assertThat(rewound.memory().tensors()).as("no longer needed").isEmpty();
    assertThat(run.last().state().completedEpochs()).isEqualTo(2 * EPOCHS - rewindEpoch);
    for (int epoch = rewindEpoch; epoch < EPOCHS; epoch++) {
      int again = EPOCHS - rewindEpoch + epoch;
      assertThat(run.transitions().get(EPOCHS).schedule().learningRate(again, 1, 2))
          .isEqualTo(run.transitions().get(0).schedule().learningRate(epoch, 1, 2));
    }
  }

  @Test
  void roundsRemoveTheSameFractionOfWhatIsActive() {
    ReplicaTraining run = ReplicaTraining.run(options(2, 1, Scope.CONVOLUTIONS), EPOCHS);
    run.requireZeros();
    int convolutions = 24 * 27 + 16 * 24 * 9;
    assertThat(run.events())
        .extracting(event -> ((Pruned) event).active())
        .containsExactly(convolutions / 2, convolutions / 4);
    assertThat(run.last().state().completedEpochs()).isEqualTo(EPOCHS + 2 * (EPOCHS - 1));
  }

  @Test
  void resumesToTheSameBits() {
    ReplicaTraining.requireResumes(options(2, 1, Scope.ALL), 3);
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> options(1, 4, Scope.ALL).create(ReplicaTraining.recipe(EPOCHS)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid rewind epoch 4 of a training of 4 epochs");
    assertThatThrownBy(() -> options(0, 0, Scope.ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid lottery ticket of 0 rounds");
    assertThatThrownBy(
            () ->
                new LotteryTicketOptions(0.9999, 1, 0, Scope.ALL, Rule.EXACT_K)
                    .requireFits(ReplicaTraining.network()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none would be left");
  }
}
