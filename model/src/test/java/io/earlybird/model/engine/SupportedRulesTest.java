package io.earlybird.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.reparametrization.MagnitudeMask;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupportedRulesTest {
  private static final StepRule PLAIN = StepRule.sgd(0.1, 0.9, 1e-4);
  private static final Quantization WORDS = new Quantization(8, 1);
  private static final MagnitudeMask MASK = new MagnitudeMask(List.of("fc.weight"), 1, 1);

  @Test
  void storedWeightsAreCarriedOutRoundedOrNotAndEffectiveOnesAsFloats() {
    assertThat(SupportedRules.refusal("torch", PLAIN)).isEmpty();
    assertThat(SupportedRules.refusal("torch", PLAIN.withQuantization(WORDS))).isEmpty();
    assertThat(SupportedRules.refusal("torch", PLAIN.withReparametrization(MASK))).isEmpty();
    assertThatCode(() -> SupportedRules.require("torch", PLAIN)).doesNotThrowAnyException();
  }

  @Test
  void theRefusalNamesEngineAndSettings() {
    StepRule both = PLAIN.withQuantization(WORDS).withReparametrization(MASK);
    assertThatThrownBy(() -> SupportedRules.require("dl4j", both))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The dl4j engine does not round effective weights to words; "
                + MASK
                + " with words of 8 bits is not supported");
  }
}
