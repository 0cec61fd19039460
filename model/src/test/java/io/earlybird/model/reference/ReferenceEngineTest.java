package io.earlybird.model.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.engine.Engines;
import io.earlybird.model.engine.Quantization;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.reparametrization.MagnitudeMask;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceEngineTest {
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
    StepRule plain = StepRule.sgd(0.1, 0.9, 1e-4);
    StepRule masked = plain.withReparametrization(new MagnitudeMask(List.of("fc.weight"), 1, 1));
    StepRule words = plain.withQuantization(new Quantization(8, 1));
    assertThat(engine.refusal(masked)).isEmpty();
    assertThat(engine.refusal(words)).isEmpty();
    assertThat(engine.refusal(masked.withQuantization(new Quantization(8, 1))))
        .hasValueSatisfying(reason -> assertThat(reason).contains("words of 8 bits"));
  }
}
