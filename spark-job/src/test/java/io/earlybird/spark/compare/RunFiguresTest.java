package io.earlybird.spark.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.policy.Phase;
import io.earlybird.pruning.policy.PolicyMemory;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.spark.events.Event;
import java.util.BitSet;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RunFiguresTest {
  private static final Offset<Double> EXACT = within(1e-12);

  @Test
  void aMaskedRunHasItsSparsityItsTheoreticalSpeedUpAndItsLargestDrop() {
    List<Event> events =
        List.of(
            Runs.pruned(0, Double.NaN, Double.NaN),
            Runs.epoch(1, 0, 0.60, 100),
            Runs.pruned(1, 0.60, 0.45),
            Runs.epoch(2, 0, 0.70, 300),
            Runs.epoch(3, 0, 0.80, 200),
            Runs.pruned(3, 0.80, 0.75),
            Runs.summary(3, 0.75));
    // 36 of the 72 weights of the convolution, none of the 12 of the classifier
    RunFigures figures = RunFigures.of(7, events, Runs.network(4), state(Runs.network(4), 0, 36));
    assertThat(figures.sparsity()).isCloseTo(36 / 84.0, EXACT);
    // 2 * 4 * 9 * 16 + 4 * 3 MACs over half of the former and all of the latter
    assertThat(figures.theoreticalSpeedUp()).isCloseTo(1164 / 588.0, EXACT);
    assertThat(figures.drop()).isCloseTo(0.15, EXACT);
    assertThat(figures.prunedAfter()).isEqualTo(3);
    assertThat(figures.top1()).isEqualTo(0.75);
    assertThat(figures.swaTop1()).isNaN();
    assertThat(figures.imagesPerSecond()).isEqualTo(200);
    assertThat(figures.imagesPerSecondBefore()).isNaN();
    assertThat(figures.seed()).isEqualTo(7);
    assertThat(figures.epochs()).isEqualTo(3);
    assertThat(figures.trainingFlops()).isEqualTo(12_000);
    assertThat(figures.modelledJoule()).isEqualTo(6.5);
    assertThat(figures.seconds()).isEqualTo(40);
  }

  @Test
  void aCutRunIsComparedWithItsOwnDenseEpochs() {
    List<Event> events =
        List.of(
            Runs.epoch(1, 0, 0.5, 100),
            Runs.epoch(2, 0, 0.6, 120),
            Runs.cut(2, 0.6, 0.58),
            Runs.epoch(3, 1, 0.7, 200),
            Runs.epoch(4, 1, 0.7, 240),
            Runs.summary(4, 0.7));
    RunFigures figures = RunFigures.of(1, events, Runs.network(4), state(Runs.network(1), 1, 0));
    // 18 + 3 of 84 weights are left, and 288 + 3 of 1164 MACs
    assertThat(figures.sparsity()).isCloseTo(63 / 84.0, EXACT);
    assertThat(figures.theoreticalSpeedUp()).isCloseTo(4, EXACT);
    assertThat(figures.imagesPerSecond()).isEqualTo(220);
    assertThat(figures.imagesPerSecondBefore()).isEqualTo(110);
    assertThat(figures.drop()).isCloseTo(0.02, EXACT);
  }

  @Test
  void aNetworkThatIsCutAfterTheLastEpochHasNoSpeed() {
    List<Event> events =
        List.of(Runs.epoch(1, 0, 0.5, 100), Runs.cut(1, 0.5, 0.3), Runs.summary(1, 0.3));
    RunFigures figures = RunFigures.of(1, events, Runs.network(4), state(Runs.network(1), 1, 0));
    assertThat(figures.imagesPerSecond()).isNaN();
    assertThat(figures.top1()).isEqualTo(0.3);
  }

  @Test
  void aDenseRunHasNoDrop() {
    List<Event> events = List.of(Runs.epoch(1, 0, 0.5, 100), Runs.summary(1, 0.5));
    RunFigures figures = RunFigures.of(1, events, Runs.network(4), state(Runs.network(4), 0, 0));
    assertThat(figures.drop()).isNaN();
    assertThat(figures.prunedAfter()).isNaN();
    assertThat(figures.sparsity()).isZero();
    assertThat(figures.theoreticalSpeedUp()).isEqualTo(1);
  }

  @Test
  void theMeanOverTheLastEpochsIsThatOfTheLastMean() {
    List<Event> events =
        List.of(
            Runs.epoch(1, 0, 0.5, 100),
            Runs.mean(1, 0.55),
            Runs.cut(1, 0.5, 0.4),
            Runs.epoch(2, 1, 0.6, 100),
            Runs.mean(2, 0.7),
            Runs.summary(2, 0.6));
    assertThat(swaTop1(events)).isEqualTo(0.7);
    // a mean of values that were pruned afterwards says nothing of the result
    assertThat(swaTop1(List.of(events.get(0), events.get(1), events.get(2), events.get(5))))
        .isNaN();
  }

  private static double swaTop1(List<Event> events) {
    return RunFigures.of(1, events, Runs.network(4), state(Runs.network(1), 1, 0)).swaTop1();
  }

  @Test
  void aRunThatGoesOnIsRefused() {
    List<Event> events = List.of(Runs.epoch(1, 0, 0.5, 100));
    TrainingState state = state(Runs.network(4), 0, 0);
    assertThatThrownBy(() -> RunFigures.of(1, events, Runs.network(4), state))
        .hasMessage("Cannot compare a run that is not finished");
  }

  /** A state whose first weights are held. */
  private static TrainingState state(Network network, int generation, int held) {
    Parameters values = Parameters.zeros(ParameterLayout.of(network));
    BitSet indexes = new BitSet();
    indexes.set(0, held);
    return new TrainingState(
        4,
        generation,
        Phase.RETRAIN,
        network,
        values,
        Parameters.zeros(values.layout()),
        PolicyMemory.empty(),
        HeldEntries.of(indexes));
  }
}
