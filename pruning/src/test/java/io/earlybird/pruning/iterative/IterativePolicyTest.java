package io.earlybird.pruning.iterative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.pruning.iterative.IterativePruning.Norm;
import io.earlybird.pruning.policy.Phase;
import io.earlybird.pruning.policy.PolicyEvent.Pruned;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.policy.Transition;
import io.earlybird.pruning.schedule.RetrainingRule;
import io.earlybird.pruning.schedule.RetrainingRule.Name;
import io.earlybird.pruning.training.ReplicaTraining;
import io.earlybird.pruning.weights.Scope;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IterativePolicyTest {
  private static final int DENSE = 3;
  private static final int WEIGHTS = 24 * 27 + 16 * 24 * 9 + 3 * 16;

  private static IterativePruning pruning(double sparsity, int cycles, Name retraining) {
    return new IterativePruning(
        sparsity, cycles, new RetrainingRule(retraining, 0.01, 0.1), Norm.PRUNABLE, Scope.ALL);
  }

  private static ImpOptions imp(double sparsity, int cycles, int epochs) {
    return new ImpOptions(pruning(sparsity, cycles, Name.ALLR), epochs);
  }

  @Test
  void sparsityGrowsByTheGeometricSeries() {
    assertThat(series(0.95, 4))
        .containsExactly(new double[] {0.527129, 0.776393, 0.894263, 0.95}, within(5e-7));
    assertThat(series(0.9, 2)).containsExactly(new double[] {0.683772, 0.9}, within(5e-7));
    assertThat(series(0.9, 3)[0]).isCloseTo(0.535841, within(5e-7));
  }

  private static double[] series(double sparsity, int cycles) {
    double q = pruning(sparsity, cycles, Name.FT).fraction();
    return IntStream.rangeClosed(1, cycles).mapToDouble(c -> 1 - Math.pow(1 - q, c)).toArray();
  }

  @Test
  void budgetIsSplitEvenlyAndTheLastCycleHasTheRemainder() {
    IterativePruning pruning = pruning(0.9, 3, Name.FT);
    assertThat(IntStream.rangeClosed(1, 3).map(c -> pruning.epochs(11, c)).toArray())
        .containsExactly(3, 3, 5);
  }

  @Test
  void impReachesItsSparsityInCyclesAndHoldsZeros() {
    ReplicaTraining run = ReplicaTraining.run(imp(0.9, 2, 5), DENSE).requireZeros();
    assertThat(run.last().state().completedEpochs()).isEqualTo(DENSE + 5);
    List<Integer> active =
        run.events().stream().map(Pruned.class::cast).map(Pruned::active).toList();
    int first = WEIGHTS - (int) Math.rint((1 - Math.sqrt(0.1)) * WEIGHTS);
    int second = first - (int) Math.rint((1 - Math.sqrt(0.1)) * first);
    assertThat(active).containsExactly(first, second);
    assertThat((double) second / WEIGHTS).isCloseTo(0.1, within(1.0 / WEIGHTS));
    assertThat(run.events()).extracting("epoch").containsExactly(3, 5);
    assertThat(run.transitions().get(2).state().phase()).isEqualTo(Phase.SEARCH);
    assertThat(run.transitions().get(3).state().phase()).isEqualTo(Phase.RETRAIN);
    assertThat(run.transitions().get(3).rule().held().count()).isEqualTo(WEIGHTS - first);
  }

  @Test
  void momentumBeginsAnewWithTheFirstCycleAndIsKeptAfterwards() {
    ReplicaTraining run = ReplicaTraining.run(imp(0.9, 2, 4), DENSE);
    assertThat(run.states().get(2).momentum().values()).isNotEqualTo(new float[WEIGHTS]);
    for (float velocity : run.states().get(3).momentum().values()) {
      assertThat(velocity).isZero();
    }
    TrainingState second = run.states().get(5);
    assertThat(second.momentum().slice("fc.bias").get(0)).isNotZero();
  }

  @Test
  void allrDiscountsByTheLargerOfNormDropAndBudget() {
    ReplicaTraining run = ReplicaTraining.run(imp(0.5, 1, 2), DENSE);
    Transition cut = run.transitions().get(3);
    double peak = cut.schedule().learningRate(3, 0, 4);
    // 8 iterations have no warm-up; d2 = 2 / 3
    assertThat(peak).isBetween(0.05 * 2 / 3, 0.05);
    TrainingState dense = run.transitions().get(2).state();
    assertThat(dense.held().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Name.class)
  void everyRetrainingScheduleCanBeTrained(Name name) {
    ReplicaTraining run =
        ReplicaTraining.run(new ImpOptions(pruning(0.8, 1, name), 2), DENSE).requireZeros();
    assertThat(run.last().state().completedEpochs()).isEqualTo(DENSE + 2);
  }

  @Test
  void withoutRetrainingAllCyclesPruneAtOnceAfterTheLastEpoch() {
    ReplicaTraining run = ReplicaTraining.run(imp(0.9, 2, 0), DENSE).requireZeros();
    assertThat(run.events()).extracting("epoch").containsExactly(3, 3);
    assertThat(run.last().state().completedEpochs()).isEqualTo(DENSE);
  }

  @Test
  void bimpKeepsItsBudgetAndBeginsLinearly() {
    BimpOptions options = new BimpOptions(pruning(0.9, 2, Name.ALLR), 4, 0.05);
    ReplicaTraining run = ReplicaTraining.run(options, 9).requireZeros();
    assertThat(run.last().state().completedEpochs()).isEqualTo(9);
    assertThat(run.events()).extracting("epoch").containsExactly(4, 6);
    assertThat(run.transitions().get(0).schedule().learningRate(2, 0, 10)).isEqualTo(0.025);
    assertThat(run.transitions().get(0).schedule().learningRate(3, 9, 10))
        .isCloseTo(0.05 / 40, within(1e-15));
  }

  @Test
  void impResumesToTheSameBits() {
    ReplicaTraining.requireResumes(imp(0.9, 2, 4), DENSE);
  }

  @Test
  void bimpResumesToTheSameBits() {
    ReplicaTraining.requireResumes(new BimpOptions(pruning(0.8, 2, Name.ALLR), 2, 0.05), 6);
  }

  @Test
  void badSettingsAreRefused() {
    refused(() -> pruning(1, 1, Name.FT), "Invalid sparsity 1.0");
    refused(() -> pruning(0.9, 0, Name.FT), "Invalid cycles 0");
    refused(() -> imp(0.9, 5, 4), "4 retraining epochs for 5 cycles");
    refused(() -> imp(0.9, 1, -1), "Invalid retraining epochs -1");
    refused(
        () -> new ImpOptions(pruning(0.9, 1, Name.LRW), 4).create(ReplicaTraining.recipe(DENSE)),
        "the record has 3");
    refused(
        () -> new BimpOptions(pruning(0.9, 1, Name.ALLR), 3, 0.1).create(ReplicaTraining.recipe(3)),
        "Invalid initial epochs 3 of a budget of 3");
    refused(
        () -> new BimpOptions(pruning(0.9, 4, Name.ALLR), 3, 0.1).create(ReplicaTraining.recipe(6)),
        "3 retraining epochs for 4 cycles");
    refused(
        () -> imp(0.9999, 1, 4).requireFits(ReplicaTraining.network()),
        "of " + WEIGHTS + " weights: none would be left");
  }

  private static void refused(Runnable made, String message) {
    assertThatThrownBy(made::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
