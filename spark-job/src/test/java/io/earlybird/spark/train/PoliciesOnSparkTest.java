package io.earlybird.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;
import io.earlybird.spark.LocalSpark;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run from shards for each family of policies, interrupted and not. */
class PoliciesOnSparkTest {
  private static final StopRequest NEVER = () -> false;

  @TempDir private Path temporary;

  @Test
  @Tag("slow")
  void impEndsAtItsDensityWithZerosAndTheSameBitsAfterAnInterruption() throws Exception {
    requireSparse(
        0.1,
        "run.epochs=2",
        "sparsity.policy=imp",
        "sparsity.imp.cycles=2",
        "sparsity.imp.retrain-epochs=2",
        "averaging.outer.method=nesterov");
  }

  @Test
  void sparseMomentumKeepsItsDensityAndTheSameBitsAfterAnInterruption() throws Exception {
    requireSparse(0.2, "sparsity.policy=sparse-momentum", "sparsity.sparse-momentum.density=0.2");
  }

  @Test
  @Tag("slow")
  void riglGrowsByTheGradientOfAllReplicas() throws Exception {
    requireSparse(0.2, "sparsity.policy=rigl", "sparsity.rigl.density=0.2");
  }

  @Test
  @Tag("slow")
  void snipMasksByTheGradientOfAllReplicas() throws Exception {
    requireSparse(0.2, "sparsity.policy=snip", "sparsity.snip.sparsity=0.8");
  }

  @Test
  @Tag("slow")
  void gmpReachesItsDensityBeforeTheEnd() throws Exception {
    requireSparse(
        0.2, "sparsity.policy=gmp", "sparsity.gmp.sparsity=0.8", "sparsity.gmp.every-epochs=1");
  }

  @Test
  @Tag("slow")
  void networkSlimmingCutsAtTheEndOfItsTraining() throws Exception {
    TinyRun run =
        new TinyRun(
            temporary.resolve("run"),
            "run.epochs=2",
            "sparsity.policy=network-slimming",
            "sparsity.network-slimming.retrain-epochs=2");
    assertThat(run.train(LocalSpark.context(), NEVER)).isEqualTo(Outcome.FINISHED);
    assertThat(run.state(TinyRun.EPOCHS).generation()).isEqualTo(1);
    assertThat(run.events()).filteredOn(line -> line.startsWith("{\"type\":\"switch\"")).hasSize(1);
  }

  @Test
  @Tag("slow")
  void thinetCutsByTheActivationsOfAReplica() throws Exception {
    TinyRun run =
        new TinyRun(
            temporary.resolve("run"),
            "run.epochs=2",
            "sparsity.policy=thinet",
            "sparsity.thinet.layer-epochs=0",
            "sparsity.thinet.retrain-epochs=2");
    assertThat(run.train(LocalSpark.context(), NEVER)).isEqualTo(Outcome.FINISHED);
    assertThat(run.state(TinyRun.EPOCHS).generation()).isPositive();
    assertThat(run.events()).anyMatch(line -> line.contains("\"mode\":\"thinet "));
  }

  /** Trains a run of {@link TinyRun#EPOCHS} epochs, whole and stopped once inside. */
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
    int[] asked = {0};
    assertThat(stopped.train(LocalSpark.context(), () -> asked[0]++ >= 7))
        .isEqualTo(Outcome.STOPPED);
    assertThat(stopped.train(LocalSpark.context(), NEVER)).isEqualTo(Outcome.FINISHED);
    assertThat(stopped.parametersSha256()).isEqualTo(whole.parametersSha256());
  }
}
