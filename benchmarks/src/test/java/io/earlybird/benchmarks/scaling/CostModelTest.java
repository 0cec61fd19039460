package io.earlybird.benchmarks.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CostModelTest {
  private static final Offset<Double> EXACT = within(1e-9);

  private static final double NANO = 1e-9;

  @Test
  void findsTheCostsThatRoundsWereMadeOf() {
    CostModel model = CostModel.fit(rounds());

    assertThat(model.send().get(0)).isCloseTo(0.01, EXACT);
    assertThat(model.send().get(1)).isCloseTo(1 * NANO, within(1e-15));
    assertThat(model.replicas()).hasSize(5);
    assertThat(model.replicas().get(1)).isCloseTo(0.004, EXACT);
    assertThat(model.replicas().get(4)).isCloseTo(0.2 * NANO, within(1e-15));
    assertThat(model.combine().get(3)).isCloseTo(0.5 * NANO, within(1e-15));
  }

  @Test
  void addsTheNetworkToTheWorkOfProcessors() {
    Projection two = CostModel.fit(rounds()).project(1e9, 2, 8e9, 1);
    Projection many = CostModel.fit(rounds()).project(1e9, 100, 8e9, 0.5);

    // 1 GB at 1 GB/s: to the executors, to the driver, and half of it between the executors.
    assertThat(two.network()).isCloseTo(2.5, EXACT);
    assertThat(many.network()).isCloseTo(2.495, EXACT);
    assertThat(two.driver()).isCloseTo(1 + 2 + 0.1, within(1e-6));
    // Receives, writes, and combines its share of the means, which took both executors 0.5 a task.
    assertThat(two.executor()).isCloseTo(3 + 0.7 + 2 * 0.5, within(1e-6));
    assertThat(many.executor()).isEqualTo(two.executor());
    assertThat(many.latency() - two.latency()).isCloseTo(98 * (0.004 + 0.006), within(1e-6));
  }

  @Test
  void tellsHowManyStepsHideTheOverhead() {
    Projection projection = new Projection(4, 0.25, 0.25, 0.25, 0.25);

    assertThat(projection.steps(0.05, 0.1)).isEqualTo(190);
    assertThat(projection.steps(0.05, 100)).isEqualTo(1);
  }

  @Test
  void refusesRoundsThatAreAllAlike() {
    assertThatThrownBy(() -> CostModel.fit(List.of(round(1e6, 2, 4))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too few different cases");
  }

  private static List<MeasuredRound> rounds() {
    List<MeasuredRound> rounds = new ArrayList<>();
    for (double stateBytes : new double[] {1e6, 1e8, 2e8}) {
      for (int tasks : new int[] {2, 4, 16}) {
        for (int group : new int[] {1, 4}) {
          rounds.add(round(stateBytes, tasks, group));
        }
      }
    }
    return rounds;
  }

  private static MeasuredRound round(double stateBytes, int tasks, int group) {
    double giga = stateBytes * NANO;
    double waves = tasks / 2.0;
    return new MeasuredRound(
        "resident",
        (long) stateBytes,
        group,
        tasks,
        "float32",
        3,
        0.01 + 1 * giga,
        0.05 + 0.004 * tasks + giga * (3 + 0.7 * waves + 0.2 * (group > 1 ? group : 0) * waves),
        0.02 + 0.006 * tasks + giga * (2 + 0.5 * tasks),
        0.005 + 0.1 * giga);
  }
}
