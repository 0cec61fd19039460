package io.earlybird.spark.settings;

import io.earlybird.pruning.policy.PolicyOptions;
import java.util.Optional;

/** Whether the policy can be made of its settings, for the recipe and the network of the run. */
final class PolicyFit {
  private PolicyFit() {}

  static Optional<String> problem(Settings settings) {
    try {
      PolicyOptions options = settings.options();
      options.create(settings.recipe());
      if (!settings.network().name().isEmpty()) {
        options.requireFits(settings.denseNetwork());
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(
          "sparsity.%s: %s".formatted(Section.kebab(settings.sparsity().policy()), e.getMessage()));
    }
  }
}
