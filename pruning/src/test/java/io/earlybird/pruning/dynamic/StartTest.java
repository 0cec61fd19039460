package io.earlybird.pruning.dynamic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.dynamic.Start.Draw;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StartTest {
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(Networks.named("resnet18-cifar", 10, 32));
  private static final PrunableWeights WEIGHTS = PrunableWeights.of(LAYOUT, Scope.ALL);

  @ParameterizedTest
  @EnumSource(Distribution.class)
  void exactDrawsHaveTheDensityThatWasAskedFor(Distribution distribution) {
    HeldEntries held = new Start(0.1, distribution, Draw.EXACT).held(WEIGHTS, 3);
    int expected = (int) Math.rint(0.1 * WEIGHTS.count());
    // every layer is rounded for itself
    assertThat(WEIGHTS.active(held)).isCloseTo(expected, within(WEIGHTS.layers().size()));
    for (double density : distribution.densities(WEIGHTS, 0.1)) {
      assertThat(density).isBetween(0.0, 1.0);
    }
  }

  @Test
  void independentDrawsHaveItWithinFiveDeviations() {
    HeldEntries held = new Start(0.1, Distribution.UNIFORM, Draw.BERNOULLI).held(WEIGHTS, 3);
    double deviation = Math.sqrt(0.09 * WEIGHTS.count());
    assertThat((double) WEIGHTS.active(held))
        .isCloseTo(0.1 * WEIGHTS.count(), within(5 * deviation));
  }

  @Test
  void erkGivesEachLayerActiveWeightsInProportionToTheSumOfItsExtents() {
    double[] densities = Distribution.ERK.densities(WEIGHTS, 0.1);
    double[] perExtent = new double[densities.length];
    double total = 0;
    for (int l = 0; l < densities.length; l++) {
      ParameterLayout.Entry layer = WEIGHTS.layers().get(l);
      int sum = layer.spec().shape().stream().mapToInt(Integer::intValue).sum();
      perExtent[l] = densities[l] * layer.length() / sum;
      total += densities[l] * layer.length();
    }
    assertThat(total).isCloseTo(0.1 * WEIGHTS.count(), within(1e-6));
    double open = perExtent[5];
    for (int l = 0; l < densities.length; l++) {
      if (densities[l] < 1) {
        assertThat(perExtent[l]).isCloseTo(open, within(1e-6 * open));
      } else {
        assertThat(perExtent[l]).as("full layers would have more").isLessThan(open);
      }
    }
    assertThat(densities[0]).as("the first convolution is small").isEqualTo(1);
  }

  @Test
  void densitiesOutOfRangeAndEmptyLayersAreRefused() {
    for (double density : new double[] {0, -0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> new Start(density, Distribution.ERK, Draw.EXACT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Invalid density " + density + ": must be in (0, 1]");
    }
    assertThatThrownBy(() -> new Start(1e-4, Distribution.UNIFORM, Draw.EXACT).requireFits(WEIGHTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none of the 1728 weights of conv1.weight would be active");
  }
}
