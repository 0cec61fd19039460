package io.earlybird.pruning.dynamic;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.dynamic.Start.Draw;
import io.earlybird.pruning.weights.MagnitudePruning;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The driver's work on the 25.5 million weights of ResNet-50, in CPU time of one thread. */
@Tag("slow")
class DriverTimeTest {
  private static final double BUDGET_SECONDS = 3;

  private static PrunableWeights weights;
  private static float[] values;
  private static float[] velocity;

  @BeforeAll
  static void draw() {
    Network network = Networks.named("resnet50", 1000, 224);
    ParameterLayout layout = ParameterLayout.of(network);
    weights = PrunableWeights.of(layout, Scope.ALL);
    values = Initialization.draw(network, 1).values();
    velocity = Initialization.draw(network, 2).values();
  }

  @Test
  void globalMagnitudeTakesLessThanThreeSeconds() {
    MagnitudePruning pruning = new MagnitudePruning(weights, MagnitudePruning.Rule.EXACT_K);
    double seconds = seconds(() -> pruning.prune(values, HeldEntries.none(), 0.9));
    assertThat(seconds).isLessThan(BUDGET_SECONDS);
  }

  @Test
  void maskUpdateOfSparseMomentumTakesLessThanThreeSeconds() {
    HeldEntries held = new Start(0.1, Distribution.UNIFORM, Draw.BERNOULLI).held(weights, 1);
    held.zero(values);
    MaskUpdate update =
        new MaskUpdate(weights, Drop.MAGNITUDE, Redistribution.MOMENTUM, Growth.MOMENTUM);
    double seconds = seconds(() -> update.apply(values, velocity, velocity, held, 0.2, 0));
    assertThat(seconds).isLessThan(BUDGET_SECONDS);
  }

  private static double seconds(Runnable work) {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    work.run();
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
  }
}
