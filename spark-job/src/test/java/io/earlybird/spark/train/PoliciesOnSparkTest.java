package io.earlybird.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.earlybird.model.engine.Quantization;
import io.earlybird.model.engine.StateRounding;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;
import io.earlybird.spark.LocalSpark;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.RunListener;
import io.earlybird.spark.events.SwaEvent;
import java.nio.file.Path;
import java.util.List;
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
  void gmpMayTakeBackWhatItHasMasked() throws Exception {
    requireSparse(
        0.2,
        "sparsity.policy=gmp",
        "sparsity.gmp.sparsity=0.8",
        "sparsity.gmp.every-epochs=1",
        "sparsity.gmp.mode=recovering");
  }

  @Test
  void strLearnsItsThresholdsOnAllReplicas() throws Exception {
    TinyRun run =
        requireSparse(
            0.2,
            "sparsity.policy=str",
            "sparsity.str.sparsity=0.8",
            "sparsity.str.initial-threshold=-4");
    TrainingState during = run.state(TinyRun.EPOCHS - 1);
    assertThat(during.generation()).isZero();
    assertThat(during.parameters().slice("fc.weight.threshold").get(0)).isNotEqualTo(-4f);
    assertThat(during.momentum().slice("fc.weight.threshold").get(0)).isNotZero();
    TrainingState last = run.state(TinyRun.EPOCHS);
    assertThat(last.network().auxiliaries()).isEmpty();
    assertThat(last.generation()).isEqualTo(1);
    requireDrop(run);
  }

  @Test
  @Tag("slow")
  void dpfReachesItsDensityWithRecalibratedStatistics() throws Exception {
    requireDrop(
        requireSparse(
            0.2,
            "sparsity.policy=dpf",
            "sparsity.dpf.sparsity=0.8",
            "sparsity.dpf.every-epochs=1",
            "averaging.bn-recalibration-batches=2"));
  }

  @Test
  @Tag("slow")
  void gsmPrunesOnceAtTheEnd() throws Exception {
    requireDrop(requireSparse(0.2, "sparsity.policy=gsm", "sparsity.gsm.sparsity=0.8"));
  }

  @Test
  @Tag("slow")
  void csHardensItsMasksUntilTheEnd() throws Exception {
    requireDrop(
        requireSparse(
            0.2, "sparsity.policy=cs", "sparsity.cs.sparsity=0.8", "sparsity.cs.initial-mask=0.1"));
  }

  /** The last epoch tells the accuracy before the pruning, the summary that of what is left. */
  private static void requireDrop(TinyRun run) throws Exception {
    List<String> prunings =
        run.events().stream().filter(line -> line.startsWith("{\"type\":\"prune\"")).toList();
    String last = prunings.get(prunings.size() - 1);
    double before = number(last, "top1Before");
    double after = number(last, "top1After");
    List<String> events = run.events();
    String epoch =
        events.stream()
            .filter(line -> line.startsWith("{\"type\":\"epoch\""))
            .reduce((first, second) -> second)
            .orElseThrow();
    assertThat(number(epoch, "validationTop1")).isEqualTo(before);
    assertThat(number(events.get(events.size() - 1), "finalTop1")).isEqualTo(after);
    assertThat(run.score(LocalSpark.context()).top1Fraction()).isEqualTo(after);
  }

  private static double number(String line, String name) {
    return Double.parseDouble(line.replaceFirst(".*\"" + name + "\":([-0-9.E]+).*", "$1"));
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

  @Test
  void earlyBirdTrainsInWordsOfEightBitsBeforeAndAfterTheSwitch() throws Exception {
    String[] inWords = {"engine.precision=bfp8"};
    TinyRun whole = new TinyRun(temporary.resolve("whole"), inWords);
    assertThat(whole.train(LocalSpark.context(), NEVER)).isEqualTo(Outcome.FINISHED);
    TrainingState state = whole.state(TinyRun.EPOCHS);
    assertThat(state.generation()).isEqualTo(1);
    Parameters values = state.parameters().copy();
    Parameters momentum = state.momentum().copy();
    StateRounding.roundState(new Quantization(8, 99), values, momentum);
    assertThat(values).isEqualTo(state.parameters());
    assertThat(momentum).isEqualTo(state.momentum());
    // 98.9 pJ an operation in float32, 0.21 of it in words
    assertThat(summary(whole, "modelledEnergyJoule"))
        .isCloseTo(98.9e-12 * 0.21 * summary(whole, "trainingPaperFlops"), withinPercentage(1e-6));

    TinyRun stopped = new TinyRun(temporary.resolve("stopped"), inWords);
    int[] asked = {0};
    assertThat(stopped.train(LocalSpark.context(), () -> asked[0]++ >= 7))
        .isEqualTo(Outcome.STOPPED);
    assertThat(stopped.train(LocalSpark.context(), NEVER)).isEqualTo(Outcome.FINISHED);
    assertThat(stopped.parametersSha256()).isEqualTo(whole.parametersSha256());
  }

  /** The ticket is cut after epoch 2; the mean begins after epoch 3 and holds two in the end. */
  @Test
  void aMeanOverEpochsIsJudgedKeptAndResumed() throws Exception {
    String[] settings = {"optimizer.swa-start=2", "engine.precision=bfp8"};
    TinyRun whole = new TinyRun(temporary.resolve("whole"), settings);
    assertThat(whole.train(LocalSpark.context(), NEVER)).isEqualTo(Outcome.FINISHED);
    assertThat(whole.events().stream().filter(line -> line.startsWith("{\"type\":\"swa\"")))
        .hasSize(2)
        .last()
        .asString()
        .contains("\"epoch\":4,\"epochs\":2,");
    assertThat(whole.store().directory("tickets").list())
        .filteredOn(name -> name.startsWith("swa"))
        .containsExactly("swa-epoch-0004");
    Parameters third = whole.state(3).parameters();
    Parameters fourth = whole.state(4).parameters();
    Parameters mean = whole.ticket("swa-epoch-0004").parameters();
    for (int i = 0; i < mean.layout().trainableLength(); i++) {
      assertThat(mean.values()[i])
          .isCloseTo((third.values()[i] + fourth.values()[i]) / 2, within(1e-6f));
    }
    int statistics = mean.layout().trainableLength();
    assertThat(mean.values()[statistics]).isNotEqualTo(fourth.values()[statistics]);

    TinyRun stopped = new TinyRun(temporary.resolve("stopped"), settings);
    boolean[] thirdIsOver = {false};
    RunListener watching =
        new RunListener() {
          @Override
          public void happened(Event event) {
            thirdIsOver[0] |= event instanceof SwaEvent;
          }
        };
    assertThat(stopped.train(LocalSpark.context(), () -> thirdIsOver[0], watching))
        .isEqualTo(Outcome.STOPPED);
    assertThat(stopped.train(LocalSpark.context(), NEVER)).isEqualTo(Outcome.FINISHED);
    assertThat(stopped.ticket("swa-epoch-0004").parameters()).isEqualTo(mean);
  }

  @Test
  @Tag("slow")
  void aTicketFoundInWordsOfEightBitsGoesOnInFloat32() throws Exception {
    TinyRun run =
        new TinyRun(temporary.resolve("run"), "sparsity.early-bird.search-precision=bfp8");
    assertThat(run.train(LocalSpark.context(), NEVER)).isEqualTo(Outcome.FINISHED);
    TrainingState state = run.state(TinyRun.EPOCHS);
    Parameters values = state.parameters().copy();
    StateRounding.roundState(new Quantization(8, 99), values, state.momentum().copy());
    assertThat(values).isNotEqualTo(state.parameters());
    double inFloats = 98.9e-12 * summary(run, "trainingPaperFlops");
    assertThat(summary(run, "modelledEnergyJoule")).isBetween(0.3 * inFloats, 0.9 * inFloats);
  }

  private static double summary(TinyRun run, String field) {
    String last = run.events().get(run.events().size() - 1);
    return Double.parseDouble(last.replaceFirst(".*\"" + field + "\":([-+0-9.E]+).*", "$1"));
  }

  /** Trains a run of {@link TinyRun#EPOCHS} epochs, whole and stopped once inside. */
  private TinyRun requireSparse(double density, String... overrides) throws Exception {
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
    return whole;
  }
}
