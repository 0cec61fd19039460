package io.earlybird.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class StateRoundingTest {
  private static final Quantization WORDS = new Quantization(8, 1).at(0, 0, 0);

  private final Network network = Networks.named("preresnet-20", 10, 8);
  private final ParameterLayout layout = ParameterLayout.of(network);
  private final Parameters values = Initialization.draw(network, 1);

  private static StepRule rule() {
    return StepRule.sgd(0.1, 0.9, 1e-4).withQuantization(WORDS);
  }

  private Parameters drawn(long seed) {
    return Initialization.draw(network, seed);
  }

  /** Every slice of the first axis holds multiples of its unit, 127 of them at most. */
  private static void assertWords(Parameters parameters) {
    for (ParameterLayout.Entry entry : parameters.layout().entries()) {
      if (!entry.spec().role().trainable()) {
        continue;
      }
      int length = entry.length() / entry.spec().extent(0);
      for (int from = entry.offset(); from < entry.end(); from += length) {
        float largest = 0;
        for (int i = from; i < from + length; i++) {
          largest = Math.max(largest, Math.abs(parameters.values()[i]));
        }
        double unit = Math.pow(2, Math.floor(Math.log(largest) / Math.log(2)) - 6);
        for (int i = from; i < from + length && largest > 0; i++) {
          double word = parameters.values()[i] / unit;
          assertThat(word).isEqualTo(Math.rint(word)).isBetween(-127.0, 127.0);
        }
      }
    }
  }

  @Test
  void valuesAndMomentumBecomeWordsAndRunningStatisticsStay() {
    Parameters momentum = drawn(2);
    Parameters rounded = values.copy();
    for (ParameterLayout.Entry mean : layout.entries(Role.RUNNING_MEAN)) {
      Arrays.fill(rounded.values(), mean.offset(), mean.end(), 0.123456f);
    }
    StateRounding.roundState(WORDS, rounded, momentum);
    assertWords(rounded);
    assertWords(momentum);
    assertThat(rounded).isNotEqualTo(values);
    int mean = layout.entries(Role.RUNNING_MEAN).get(0).offset();
    assertThat(rounded.values()[mean]).isEqualTo(0.123456f);
  }

  @Test
  void gradientsAreRoundedWithThePushAndWithoutTheLossScale() {
    int gamma = layout.entries(Role.GAMMA).get(0).offset();
    Parameters gradients = Parameters.zeros(layout);
    gradients.values()[gamma] = 0.25f * 1024;
    gradients.values()[gamma + 1] = 0;
    values.values()[gamma] = 0.5f;
    values.values()[gamma + 1] = -0.5f;
    StepRule rule = rule().withGammaL1(0.25).withLossScale(1024);
    StateRounding.roundGradients(rule, values, gradients);
    assertThat(gradients.values()[gamma]).isEqualTo(0.5f);
    assertThat(gradients.values()[gamma + 1]).isEqualTo(-0.25f);
    gradients.values()[gamma] = 0.0003f * 1024;
    StateRounding.roundGradients(rule, values, gradients);
    // 0.2503 lies between words of 2^-8
    assertThat(gradients.values()[gamma]).isIn(0.25f, 0.25f + 0x1p-8f);
    assertWords(gradients);
    assertThat(StateRounding.remainder(rule)).isEqualTo(rule.withGammaL1(0).withLossScale(1));
  }

  @Test
  void heldEntriesDoNotTakePartInTheirBlock() {
    ParameterLayout.Entry kernel = layout.entries(Role.WEIGHT).get(0);
    BitSet held = new BitSet();
    held.set(kernel.offset());
    Parameters gradients = Parameters.zeros(layout);
    gradients.values()[kernel.offset()] = 1000;
    gradients.values()[kernel.offset() + 1] = 0.75f;
    StateRounding.roundGradients(rule().withHeld(HeldEntries.of(held)), values, gradients);
    assertThat(gradients.values()[kernel.offset()]).isZero();
    assertThat(gradients.values()[kernel.offset() + 1]).isEqualTo(0.75f);
  }

  @Test
  void roundedStatesStayWhateverIsDrawnNext() {
    Parameters momentum = drawn(2);
    StateRounding.roundState(WORDS, values, momentum);
    Parameters again = values.copy();
    Parameters momentumAgain = momentum.copy();
    StateRounding.roundState(new Quantization(8, 9), again, momentumAgain);
    assertThat(again).isEqualTo(values);
    assertThat(momentumAgain).isEqualTo(momentum);
  }
}
