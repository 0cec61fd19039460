package io.earlybird.model.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.engine.Engines;
import io.earlybird.model.engine.HeldMomentum;
import io.earlybird.model.engine.MomentumForm;
import io.earlybird.model.engine.Quantization;
import io.earlybird.model.engine.Reparametrization;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.parameters.HeldEntries;
import org.junit.jupiter.api.Test;

class ReferenceEngineTest {
  private static StepRule rule(Reparametrization reparametrization, Quantization quantization) {
    return new StepRule(
        0.1,
        0.9,
        MomentumForm.HEAVY_BALL,
        0,
        0,
        0,
        1,
        HeldEntries.none(),
        HeldMomentum.ZERO,
        reparametrization,
        quantization);
  }

  @Test
  void isFoundByName() {
    assertThat(Engines.named("reference")).isInstanceOf(ReferenceEngine.class);
  }

  @Test
  void anUnknownNameListsTheEnginesThatAreThere() {
    assertThatThrownBy(() -> Engines.named("abacus"))
        .hasMessageContaining("Unknown engine abacus")
        .hasMessageContaining("reference");
  }

  @Test
  void acceptsPlainRules() {
    assertThat(new ReferenceEngine().refusal(StepRule.sgd(0.1, 0.9, 1e-4))).isEmpty();
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    ReferenceEngine engine = new ReferenceEngine();
    assertThat(engine.refusal(rule(Reparametrization.SOFT_THRESHOLD, Quantization.none())))
        .hasValueSatisfying(reason -> assertThat(reason).contains("SOFT_THRESHOLD"));
    assertThat(engine.refusal(rule(Reparametrization.NONE, new Quantization(8, 1)))).isEmpty();
  }
}
