package io.earlybird.spark.settings;

import io.earlybird.pruning.gradual.GmpOptions;
import io.earlybird.pruning.saliency.SnipOptions;
import io.earlybird.pruning.weights.CubicSparsity;
import io.earlybird.pruning.weights.Scope;
import io.earlybird.spark.settings.Section.Range;
import io.earlybird.spark.settings.SparsitySettings.PolicyName;

/**
 * The policies {@code snip} and {@code gmp}, which prune without a retraining (specification 6.2,
 * 6.6).
 *
 * @param snip of the first
 * @param gmp of the second
 */
public record InTrainingSettings(SnipOptions snip, GmpOptions gmp) {
  static InTrainingSettings read(Section sparsity, PolicyName chosen) {
    Effect snip = PolicyName.SNIP.effectIn(chosen);
    Effect gmp = PolicyName.GMP.effectIn(chosen);
    Section snipSection = sparsity.section("snip");
    Section gmpSection = sparsity.section("gmp");
    return new InTrainingSettings(
        new SnipOptions(
            snipSection.real("sparsity", snip, Range.BELOW_ONE),
            snipSection.integer("batches", snip, 1, 100_000),
            snipSection.choice("scope", snip, Scope.class)),
        new GmpOptions(
            new CubicSparsity(
                gmpSection.real("sparsity", gmp, Range.BELOW_ONE),
                gmpSection.integer("every-epochs", gmp, 1, 100_000)),
            gmpSection.choice("mode", gmp, GmpOptions.Mode.class),
            gmpSection.choice("scope", gmp, Scope.class)));
  }
}
