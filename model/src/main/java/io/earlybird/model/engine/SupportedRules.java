package io.earlybird.model.engine;

import java.util.Optional;

/** Which step rules an engine carries out that uses stored weights as they are. */
public final class SupportedRules {
  private SupportedRules() {}

  /**
   * Why such an engine does not carry out a rule; empty if it does.
   *
   * @param engine its name
   */
  public static Optional<String> refusal(String engine, StepRule rule) {
    if (rule.reparametrization() != Reparametrization.NONE) {
      return Optional.of(
          "The "
              + engine
              + " engine uses stored weights as they are; reparametrization "
              + rule.reparametrization()
              + " is not supported");
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
