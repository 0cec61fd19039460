package io.earlybird.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.earlybird.model.engine.Quantization;
import io.earlybird.model.engine.StateRounding;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;
import io.earlybird.spark.LocalSpark;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.RunListener;
import io.earlybird.spark.events.SwaEvent;
import io.earlybird.spark.settings.SparsitySettings.PolicyName;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs from shards of every policy, interrupted and not. */
class PoliciesOnSparkTest {
  private static final StopRequest NEVER = () -> false;

  @TempDir private Path temporary;

  @Test
  void everyPolicyIsTriedInOneOfTheTests() {
    assertThat(Stream.concat(PolicyCase.masking(), PolicyCase.cutting()).map(PolicyCase::policy))
        .containsAll(EnumSet.complementOf(EnumSet.of(PolicyName.DENSE)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.earlybird.spark.train.PolicyCase#masking")
  @Tag("slow")
  void masksEndAtTheirDensityWithZerosAndTheSameBitsAfterInterruptions(PolicyCase policy)
      throws Exception {
    TinyRun run = requireSparse(policy);
    if (policy.policy().reparametrizes()) {
      requireDrop(run);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.earlybird.spark.train.PolicyCase#cutting")
  @Tag("slow")
  void cutsLeaveASmallerNetworkWithTheSameBitsAfterInterruptions(PolicyCase policy)
      throws Exception {
    TinyRun run = requireSameBits(policy);
    TrainingState last = run.state(TinyRun.EPOCHS);
    assertThat(last.generation()).isPositive();
    assertThat(last.parameters().layout().trainableLength())
        .isLessThan(ParameterLayout.of(run.settings().denseNetwork()).trainableLength());
    requireZeros(last);
    assertThat(run.events()).anyMatch(line -> line.startsWith("{\"type\":\"switch\""));
  }

  @Test
  void sparseMomentumKeepsItsDensityAndTheSameBitsAfterInterruptions() throws Exception {
    requireSparse(masking("sparse-momentum"));
  }

  @Test
  void strLearnsItsThresholdsOnAllReplicas() throws Exception {
    TinyRun run = requireSparse(masking("str"));
    TrainingState during = run.state(TinyRun.EPOCHS - 1);
    assertThat(during.generation()).isZero();
    assertThat(during.parameters().slice("fc.weight.threshold").get(0)).isNotEqualTo(-4f);
    assertThat(during.momentum().slice("fc.weight.threshold").get(0)).isNotZero();
    TrainingState last = run.state(TinyRun.EPOCHS);
    assertThat(last.network().auxiliaries()).isEmpty();
    assertThat(last.generation()).isEqualTo(1);
    requireDrop(run);
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
    assertThat(stopped.train(LocalSpark.context(), new AfterRounds(7))).isEqualTo(Outcome.STOPPED);
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

  private static PolicyCase masking(String name) {
    return PolicyCase.masking()
        .filter(policy -> policy.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private TinyRun requireSparse(PolicyCase policy) throws Exception {
    TinyRun run = requireSameBits(policy);
    TrainingState last = run.state(TinyRun.EPOCHS);
    PrunableWeights weights = PrunableWeights.of(last.parameters().layout(), Scope.ALL);
    assertThat(1 - weights.sparsity(last.held()))
        .isCloseTo(policy.density(), within(0.01 * policy.density()));
    requireZeros(last);
    assertThat(run.events()).anyMatch(line -> line.startsWith("{\"type\":\"prune\""));
    return run;
  }

  private static void requireZeros(TrainingState state) {
    for (int i = state.held().next(0); i >= 0; i = state.held().next(i + 1)) {
      assertThat(state.parameters().values()[i]).isZero();
    }
  }

  /** Trains without an interruption, and with one after every 5 rounds, each inside an epoch. */
  private TinyRun requireSameBits(PolicyCase policy) throws Exception {
    TinyRun whole = policy.run(temporary.resolve("whole"));
    assertThat(whole.train(LocalSpark.context(), NEVER)).isEqualTo(Outcome.FINISHED);
    TinyRun stopped = policy.run(temporary.resolve("stopped"));
    int interruptions = 0;
    while (stopped.train(LocalSpark.context(), new AfterRounds(5)) == Outcome.STOPPED) {
      interruptions++;
    }
    assertThat(interruptions).isGreaterThan(1);
    assertThat(stopped.parametersSha256()).isEqualTo(whole.parametersSha256());
    TrainingState expected = whole.state(TinyRun.EPOCHS);
    TrainingState actual = stopped.state(TinyRun.EPOCHS);
    assertThat(actual.momentum()).isEqualTo(expected.momentum());
    assertThat(actual.held()).isEqualTo(expected.held());
    assertThat(stopped.eventsWithoutTimes()).isEqualTo(whole.eventsWithoutTimes());
    return whole;
  }
}
