package io.earlybird.engine.dl4j;

import io.earlybird.model.engine.Reparametrization;
import io.earlybird.model.engine.StepRule;
import java.util.Optional;

/** Which step rules this engine carries out. */
final class SupportedRules {
  private SupportedRules() {}

  /** Why a rule is not carried out; empty if it is. */
  static Optional<String> refusal(StepRule rule) {
    if (rule.reparametrization() != Reparametrization.NONE) {
      return Optional.of(
          "The dl4j engine uses stored weights as they are; reparametrization "
              + rule.reparametrization()
              + " is not supported");
    }
    if (rule.quantization().rounds()) {
      return Optional.of(
          "The dl4j engine does not round to fixed point; word length "
              + rule.quantization().wordLength()
              + " is not supported");
    }
    return Optional.empty();
  }

  /** Fails if the rule is not carried out. */
  static void require(StepRule rule) {
    refusal(rule)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(reason);
            });
  }
}
