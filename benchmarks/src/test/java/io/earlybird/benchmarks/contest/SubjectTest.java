package io.earlybird.benchmarks.contest;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.cost.OperationCount;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Network;
import org.junit.jupiter.api.Test;

class SubjectTest {
  private static Network cut(double ratio, int multiple) {
    return new Subject("resnet50", 64, ratio, multiple).structure();
  }

  @Test
  void cutsTheSameNetworkEveryTime() {
    assertThat(cut(0.5, 8)).isEqualTo(cut(0.5, 8));
  }

  @Test
  void cutsMoreAtAHigherRatio() {
    long whole = OperationCount.of(cut(0, 1)).paperFlops();
    long few = OperationCount.of(cut(0.3, 1)).paperFlops();
    long many = OperationCount.of(cut(0.7, 1)).paperFlops();
    assertThat(many).isLessThan(few);
    assertThat(few).isLessThan(whole);
  }

  @Test
  void roundsWidthsUpToTheMultiple() {
    Network network = cut(0.7, 16);
    for (BatchNorm norm : network.nodes(BatchNorm.class)) {
      assertThat(network.shape(norm.name()).channels() % 16).as(norm.name()).isZero();
    }
  }
}
