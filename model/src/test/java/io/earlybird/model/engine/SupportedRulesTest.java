package io.earlybird.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.earlybird.model.parameters.HeldEntries;
import org.junit.jupiter.api.Test;

class SupportedRulesTest {
  private static StepRule rule(Reparametrization reparametrization, Quantization quantization) {
    return new StepRule(
        0.1,
        0.9,
        MomentumForm.NESTEROV,
        1e-4,
        1e-4,
        0.1,
        1,
        HeldEntries.none(),
        HeldMomentum.ZERO,
        reparametrization,
        quantization);
  }

  @Test
  void storedWeightsAreCarriedOutRoundedOrNot() {
    StepRule plain = rule(Reparametrization.NONE, Quantization.none());
    assertThat(SupportedRules.refusal("torch", plain)).isEmpty();
    assertThat(SupportedRules.refusal("torch", plain.withQuantization(new Quantization(8, 1))))
        .isEmpty();
    assertThatCode(() -> SupportedRules.require("torch", plain)).doesNotThrowAnyException();
  }

  @Test
  void theRefusalNamesEngineAndSetting() {
    StepRule threshold = rule(Reparametrization.SOFT_THRESHOLD, Quantization.none());
    assertThat(SupportedRules.refusal("dl4j", threshold))
        .contains(
            "The dl4j engine uses stored weights as they are; reparametrization SOFT_THRESHOLD is"
                + " not supported");
  }
}
