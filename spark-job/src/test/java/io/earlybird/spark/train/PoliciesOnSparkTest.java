package io.earlybird.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;
import io.earlybird.spark.LocalSpark;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run from shards for each family of policies, interrupted and not. */
class PoliciesOnSparkTest {
  private static final StopRequest NEVER = () -> false;

  @TempDir private Path temporary;

  @Test
  void impEndsAtItsDensityWithZerosAndTheSameBitsAfterAnInterruption() throws Exception {
    requireSparse(
        0.1,
        "run.epochs=2",
        "sparsity.policy=imp",
        "sparsity.imp.cycles=2",
        "sparsity.imp.retrain-epochs=2",
        "averaging.outer.method=nesterov");
  }

  /** Trains a run of {@link TinyRun#EPOCHS} epochs, whole and stopped after every third round. */
  private void requireSparse(double density, String... overrides) throws Exception {
    TinyRun whole = new TinyRun(temporary.resolve("whole"), overrides);
    assertThat(whole.train(LocalSpark.context(), NEVER)).isEqualTo(Outcome.FINISHED);
    TrainingState state = whole.state(TinyRun.EPOCHS);
    HeldEntries held = state.held();
    PrunableWeights weights = PrunableWeights.of(state.parameters().layout(), Scope.ALL);
    assertThat(1 - weights.sparsity(held)).isCloseTo(density, within(0.01 * density));
    for (int i = held.next(0); i >= 0; i = held.next(i + 1)) {
      assertThat(state.parameters().values()[i]).isZero();
    }
    assertThat(whole.events()).anyMatch(line -> line.startsWith("{\"type\":\"prune\""));

    TinyRun stopped = new TinyRun(temporary.resolve("stopped"), overrides);
    int starts = 0;
    Outcome outcome = Outcome.STOPPED;
    while (outcome == Outcome.STOPPED) {
      int[] asked = {0};
      outcome = stopped.train(LocalSpark.context(), () -> asked[0]++ >= 5);
      starts++;
    }
    assertThat(starts).isGreaterThan(1);
    assertThat(stopped.parametersSha256()).isEqualTo(whole.parametersSha256());
  }
}
