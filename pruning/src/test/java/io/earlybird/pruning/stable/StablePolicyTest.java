package io.earlybird.pruning.stable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.engine.StepRule;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reparametrization.MagnitudeMask;
import io.earlybird.model.reparametrization.Reparametrization;
import io.earlybird.model.reparametrization.SelectiveDecay;
import io.earlybird.model.reparametrization.SoftMask;
import io.earlybird.pruning.policy.PolicyEvent.Pruned;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.training.ReplicaTraining;
import io.earlybird.pruning.weights.CubicSparsity;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StablePolicyTest {
  private static final double SPARSITY = .75;
  private static final int EPOCHS = 3;
  private static final PrunableWeights WEIGHTS =
      PrunableWeights.of(ParameterLayout.of(ReplicaTraining.network()), Scope.ALL);

  static Stream<StableOptions> methods() {
    return Stream.of(
        new DpfOptions(new CubicSparsity(SPARSITY, 1), 16, Scope.ALL),
        new DnwOptions(SPARSITY, Scope.ALL),
        new StrOptions(SPARSITY, -4, .01, Scope.ALL),
        new DstOptions(SPARSITY, 5e-2, Scope.ALL),
        new CsOptions(SPARSITY, .1, 1e-6, 10, Scope.ALL),
        new GsmOptions(SPARSITY, .01, Scope.CONVOLUTIONS),
        new LcOptions(SPARSITY, .01, 10, Scope.ALL));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void endsWithItsSparsityAndExactZerosInThePlainNetwork(StableOptions options) {
    ReplicaTraining run = ReplicaTraining.run(options, EPOCHS).requireZeros();
    TrainingState last = run.last().state();
    PrunableWeights weights = PrunableWeights.of(last.parameters().layout(), options.scope());
    assertThat(last.network()).isEqualTo(ReplicaTraining.network());
    assertThat(weights.active(last.held())).isEqualTo(weights.left(SPARSITY));
    assertThat(run.events()).hasSize(1);
    Pruned event = (Pruned) run.events().get(0);
    assertThat(event.epoch()).isEqualTo(EPOCHS);
    assertThat(event.method()).isEqualTo(options.name());
    assertThat(event.ratio()).isCloseTo(SPARSITY, within(1.0 / weights.count()));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theWeightsThatRemainAreTheEffectiveOnesOfTheEnd(StableOptions options) {
    ReplicaTraining run = ReplicaTraining.run(options, EPOCHS);
    Reparametrization rule = run.transitions().get(EPOCHS - 1).rule().reparametrization();
    assertThat(rule.layers()).isNotEmpty();
    TrainingState last = run.last().state();
    Parameters trained = run.trained(EPOCHS - 1).parameters();
    Parameters effective =
        rule.after(EPOCHS).atEnd().effective(trained).in(last.parameters().layout());
    last.held().zero(effective.values());
    assertThat(last.parameters()).isEqualTo(effective);
    assertThat(run.last().rule().reparametrization()).isEqualTo(Reparametrization.none());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void resumesToTheSameBits(StableOptions options) {
    ReplicaTraining.requireResumes(options, EPOCHS);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void settingsThatEmptyTheNetworkAreRefused(StableOptions options) {
    StableOptions sparser = sparser(options, .9999);
    assertThatThrownBy(() -> sparser.requireFits(ReplicaTraining.network()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none would be left");
    assertThatThrownBy(() -> sparser(options, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid sparsity 1.0");
  }

  private static StableOptions sparser(StableOptions options, double sparsity) {
    return switch (options.name()) {
      case "dpf" -> new DpfOptions(new CubicSparsity(sparsity, 1), 16, Scope.ALL);
      case "dnw" -> new DnwOptions(sparsity, Scope.ALL);
      case "str" -> new StrOptions(sparsity, -4, 0, Scope.ALL);
      case "dst" -> new DstOptions(sparsity, 0, Scope.ALL);
      case "cs" -> new CsOptions(sparsity, 0, 0, 1, Scope.ALL);
      case "gsm" -> new GsmOptions(sparsity, 0, Scope.ALL);
      default -> new LcOptions(sparsity, 0, 1, Scope.ALL);
    };
  }

  @Test
  void theMaskOfDpfGrowsAlongTheCubicBetweenItsSteps() {
    DpfOptions options = new DpfOptions(new CubicSparsity(.9, 20), 16, Scope.ALL);
    int n = WEIGHTS.count();
    assertThat(mask(options, 0)).isEqualTo(new MagnitudeMask(WEIGHTS.names(), 0, 16));
    assertThat(mask(options, 19).masked()).isZero();
    assertThat(mask(options, 20).masked()).isEqualTo((int) (n * .9 * (1 - Math.pow(8. / 9, 3))));
    assertThat(mask(options, 39)).isEqualTo(mask(options, 20));
    assertThat(mask(options, 180).masked()).isEqualTo((int) (n * .9));
    assertThat(mask(options, 199)).isEqualTo(mask(options, 180));
    assertThatThrownBy(() -> options.create(ReplicaTraining.recipe(39)))
        .hasMessageContaining("every 20 of 39 epochs: must be half of them at most");
  }

  private static MagnitudeMask mask(DpfOptions options, int epochs) {
    return (MagnitudeMask) options.reparametrization(WEIGHTS, epochs, 200);
  }

  @Test
  void theSharpnessOfCsFollowsTheStepsOfTheRun() {
    CsOptions options = new CsOptions(SPARSITY, 0, 0, 256, Scope.ALL);
    ReplicaTraining run = ReplicaTraining.run(options, 4);
    assertThat(sharpness(run, 0, 0)).isEqualTo(1);
    assertThat(sharpness(run, 0, 1)).isCloseTo(2, within(1e-12));
    assertThat(sharpness(run, 3, 1)).isCloseTo(128, within(1e-9));
  }

  private static double sharpness(ReplicaTraining run, int epoch, int step) {
    Reparametrization rule =
        run.transitions()
            .get(epoch)
            .plan()
            .rule(epoch, step, ReplicaTraining.STEPS)
            .reparametrization();
    return ((SoftMask) rule).sharpness();
  }

  @Test
  void theDecayOfLcGrowsWithTheStepsOfTheRun() {
    LcOptions options = new LcOptions(SPARSITY, .5, 256, Scope.ALL);
    ReplicaTraining run = ReplicaTraining.run(options, 4);
    double half = 2; // of its steps
    assertThat(run.transitions().get(2).plan().rule(2, 0, ReplicaTraining.STEPS))
        .extracting(StepRule::reparametrization)
        .isEqualTo(new SelectiveDecay(WEIGHTS.names(), WEIGHTS.left(SPARSITY), .5, 256, 4, half));
  }

  @Test
  void whatAMethodHasMaskedBeyondItsSparsityStaysMasked() {
    DstOptions options = new DstOptions(.1, .2, Scope.ALL);
    ReplicaTraining run = ReplicaTraining.run(options, EPOCHS).requireZeros();
    TrainingState last = run.last().state();
    assertThat(WEIGHTS.sparsity(last.held())).isGreaterThan(.2);
    assertThat(options.create(ReplicaTraining.recipe(EPOCHS)).remarks(last))
        .hasSize(1)
        .allMatch(sentence -> sentence.startsWith("dst alone had made "));
  }

  @Test
  void onlyTheEndHasARemark() {
    StableOptions options = new LcOptions(SPARSITY, .01, 10, Scope.ALL);
    ReplicaTraining run = ReplicaTraining.run(options, EPOCHS);
    assertThat(options.create(ReplicaTraining.recipe(EPOCHS)).remarks(run.states().get(1)))
        .isEmpty();
    assertThat(run.states().get(1).held()).isEqualTo(HeldEntries.none());
    assertThat(options.create(ReplicaTraining.recipe(EPOCHS)).remarks(run.last().state()))
        .isEqualTo(
            List.of(
                "lc alone had made 0.00 % of the weights zero; after the pruning at the end it is"
                    + " 75.00 %."));
  }
}
