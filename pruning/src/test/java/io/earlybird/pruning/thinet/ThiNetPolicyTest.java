package io.earlybird.pruning.thinet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Shape;
import io.earlybird.pruning.policy.PolicyEvent.Switched;
import io.earlybird.pruning.schedule.RetrainingRule;
import io.earlybird.pruning.schedule.RetrainingRule.Name;
import io.earlybird.pruning.training.ReplicaTraining;
import java.nio.FloatBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThiNetPolicyTest {
  private static ThiNetOptions options(int layerEpochs) {
    return new ThiNetOptions(0.5, 2, 10, layerEpochs, 0.001, 2, RetrainingRule.of(Name.FT));
  }

  /** Rows (1, -1, .2), (2, -1.9, .1), (0, .1, .3); greedy is not optimal. */
  @Test
  void greedyTakesTheChannelsOfTheExample() {
    Contributions x = new Contributions(3, new double[] {1, 2, 0, -1, -1.9, .1, .2, .1, .3});
    assertThat(GreedyChannels.gone(x, 1).stream().toArray()).containsExactly(2);
    assertThat(GreedyChannels.gone(x, 2).stream().toArray())
        .as("{0, 1} would cost .02 only")
        .containsExactly(1, 2);
  }

  @Test
  void channelsThatStayMakeUpForThoseThatGo() {
    // channel 1 is twice channel 0, channel 2 stands alone
    Contributions x = new Contributions(3, new double[] {1, 2, 0, 2, 4, 0, 0, 0, 5});
    BitSet gone = new BitSet();
    gone.set(1);
    assertThat(GreedyChannels.factors(x, gone)).containsExactly(new double[] {3, 1}, within(1e-6));
    assertThat(GreedyChannels.factors(new Contributions(2, new double[4]), gone))
        .containsExactly(1.0);
  }

  @Test
  void contributionsAddUpToTheOutputOfTheConvolution() {
    float[] image = {1, 2, 3, 4, 10, 20, 30, 40};
    float[] kernel = {2, 3};
    Contributions x =
        Contributions.draw(
            List.of(image),
            new Shape(2, 2, 2),
            new Convolution("conv", "input", 1, 1, 1, 0),
            FloatBuffer.wrap(kernel),
            20,
            new SplittableRandom(1));
    assertThat(x.samples()).isEqualTo(20);
    for (int m = 0; m < 20; m++) {
      assertThat(x.value(0, m) / 2).isIn(1.0, 2.0, 3.0, 4.0);
      // the second plane is ten times the first
      assertThat(x.value(1, m)).isEqualTo(x.value(0, m) / 2 * 10 * 3);
    }
  }

  @Test
  void layersAreThoseThatOneConvolutionReads() {
    assertThat(ThinLayer.of(Networks.named("vgg16-cifar", 10, 32))).hasSize(12);
    assertThat(ThinLayer.of(Networks.named("resnet18-cifar", 10, 32)))
        .hasSize(8)
        .allMatch(layer -> layer.norm().name().endsWith("bn1"));
  }

  @ParameterizedTest(name = "{0} epochs a layer")
  @ValueSource(ints = {0, 1})
  void cutsLayersAndRetrains(int layerEpochs) {
    ReplicaTraining run = ReplicaTraining.run(options(layerEpochs), 2);
    assertThat(run.events()).hasSize(1);
    Switched cut = (Switched) run.events().get(0);
    assertThat(cut.epoch()).isEqualTo(2);
    assertThat(cut.keptChannels()).containsEntry("bn1", 12).containsEntry("bn2", 16);
    // the network has one such layer
    assertThat(run.last().state().completedEpochs()).isEqualTo(4);
    assertThat(run.last().state().network().shape("conv1").channels()).isEqualTo(12);
  }

  @Test
  void resumesToTheSameBits() {
    ReplicaTraining.requireResumes(options(1), 2);
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> new ThiNetOptions(0, 1, 1, 1, .1, 1, RetrainingRule.of(Name.FT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid keep rate 0.0");
    assertThatThrownBy(() -> new ThiNetOptions(.5, 1, 1, 1, .1, 0, RetrainingRule.of(Name.FT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be at least 1, 1, 0 and 1");
  }
}
