package io.earlybird.spark.settings;

import io.earlybird.pruning.dynamic.Distribution;
import io.earlybird.pruning.dynamic.Drop;
import io.earlybird.pruning.dynamic.DropRate;
import io.earlybird.pruning.dynamic.DynamicSparsity;
import io.earlybird.pruning.dynamic.FixedLayersOptions;
import io.earlybird.pruning.dynamic.Growth;
import io.earlybird.pruning.dynamic.Redistribution;
import io.earlybird.pruning.dynamic.SparseMomentumOptions;
import io.earlybird.pruning.dynamic.Start;
import io.earlybird.pruning.weights.Scope;
import io.earlybird.spark.settings.Section.Range;
import io.earlybird.spark.settings.SparsitySettings.PolicyName;
import java.util.Arrays;
import java.util.List;

/**
 * The policies {@code sparse-momentum}, {@code set} and {@code rigl} (specification 4).
 *
 * @param sparseMomentum of the first
 * @param set of the second
 * @param rigl of the third
 */
public record DynamicSettings(Sparse sparseMomentum, Sparse set, Sparse rigl) {
  private static final List<Redistribution> REDISTRIBUTIONS =
      Arrays.stream(Redistribution.values()).filter(r -> r != Redistribution.FIXED).toList();

  /**
   * What all of them have.
   *
   * @param density of all layers together
   * @param distribution of the density over the layers
   * @param draw of the active weights of a layer
   * @param dropRate fraction that is dropped at first
   * @param decay of that fraction
   * @param drop which are dropped
   * @param redistribution which layers grow how many
   * @param growth which are grown
   * @param everyEpochs between two updates of the masks
   * @param until share of the run after which masks stay
   * @param scope layers that may be sparse
   */
  public record Sparse(
      double density,
      Distribution distribution,
      Start.Draw draw,
      double dropRate,
      DropRate.Shape decay,
      Drop drop,
      Redistribution redistribution,
      Growth growth,
      int everyEpochs,
      double until,
      Scope scope) {
    DynamicSparsity sparsity(double endOfDropRate) {
      return new DynamicSparsity(
          new Start(density, distribution, draw),
          new DropRate(decay, dropRate, endOfDropRate),
          drop,
          redistribution,
          growth,
          everyEpochs,
          until,
          scope);
    }
  }

  static DynamicSettings read(Section sparsity, PolicyName chosen) {
    Effect momentum = PolicyName.SPARSE_MOMENTUM.effectIn(chosen);
    Section section = sparsity.section("sparse-momentum");
    return new DynamicSettings(
        read(
            section,
            momentum,
            section.choice("redistribution", momentum, REDISTRIBUTIONS),
            section.choice("growth", momentum, Growth.class)),
        read(
            sparsity.section("set"),
            PolicyName.SET.effectIn(chosen),
            Redistribution.FIXED,
            Growth.RANDOM),
        read(
            sparsity.section("rigl"),
            PolicyName.RIGL.effectIn(chosen),
            Redistribution.FIXED,
            Growth.GRADIENT));
  }

  private static Sparse read(
      Section section, Effect effect, Redistribution redistribution, Growth growth) {
    return new Sparse(
        section.real("density", effect, Range.DENSITY),
        section.choice("distribution", effect, Distribution.class),
        section.choice("draw", effect, Start.Draw.class),
        section.real("drop-rate", effect, Range.INSIDE_ONE),
        section.choice("drop-rate-decay", effect, DropRate.Shape.class),
        section.choice("drop", effect, Drop.class),
        redistribution,
        growth,
        section.integer("every-epochs", effect, 1, 100_000),
        section.real("until", effect, Range.DENSITY),
        section.choice("scope", effect, Scope.class));
  }

  SparseMomentumOptions sparseMomentumOptions() {
    return new SparseMomentumOptions(sparseMomentum.sparsity(DropRate.SPARSE_MOMENTUM_END));
  }

  FixedLayersOptions setOptions() {
    return new FixedLayersOptions("set", set.sparsity(0));
  }

  FixedLayersOptions riglOptions() {
    return new FixedLayersOptions("rigl", rigl.sparsity(0));
  }
}
