package io.earlybird.model.engine;

import io.earlybird.model.reparametrization.Reparametrization;
import java.util.Optional;

/** Which step rules an engine carries out that rounds stored weights only. */
public final class SupportedRules {
  private SupportedRules() {}

  /**
   * Why such an engine does not carry out a rule; empty if it does.
   *
   * @param engine its name
   */
  public static Optional<String> refusal(String engine, StepRule rule) {
    boolean plain = rule.reparametrization().equals(Reparametrization.none());
    if (!plain && rule.quantization().rounds()) {
      return Optional.of(
          "The "
              + engine
              + " engine does not round effective weights to words; "
              + rule.reparametrization()
              + " with words of "
              + rule.quantization().wordLength()
              + " bits is not supported");
    }
    return Optional.empty();
  }

  /**
   * Checks a rule.
   *
   * @throws IllegalArgumentException if such an engine does not carry it out
   */
  public static void require(String engine, StepRule rule) {
    refusal(engine, rule)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(reason);
            });
  }
}
