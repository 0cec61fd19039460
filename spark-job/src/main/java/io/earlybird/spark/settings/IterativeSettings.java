package io.earlybird.spark.settings;

import io.earlybird.pruning.iterative.BimpOptions;
import io.earlybird.pruning.iterative.ImpOptions;
import io.earlybird.pruning.iterative.IterativePruning;
import io.earlybird.pruning.iterative.IterativePruning.Norm;
import io.earlybird.pruning.iterative.LotteryTicketOptions;
import io.earlybird.pruning.weights.MagnitudePruning;
import io.earlybird.pruning.weights.Scope;
import io.earlybird.spark.settings.Section.Range;
import io.earlybird.spark.settings.SparsitySettings.PolicyName;

/**
 * The policies {@code imp}, {@code bimp} and {@code lottery-ticket} (specification 3.3 to 3.5,
 * 6.1).
 *
 * @param impCycles what a cycle of {@code imp} does
 * @param retrainEpochs of all cycles of {@code imp}
 * @param bimpCycles what a cycle of {@code bimp} does
 * @param initialEpochs of dense training in {@code bimp}
 * @param lottery rounds of {@code lottery-ticket}
 */
public record IterativeSettings(
    Cycles impCycles, int retrainEpochs, Cycles bimpCycles, int initialEpochs, Lottery lottery) {
  private static final int MANY = 100_000;

  /**
   * Cycles of pruning and retraining.
   *
   * @param sparsity after the last one
   * @param count J
   * @param retraining learning rates
   * @param norm tensors that ALLR looks at
   * @param scope what may be pruned
   */
  public record Cycles(
      double sparsity, int count, RetrainingSettings retraining, Norm norm, Scope scope) {
    static Cycles read(Section section, Effect effect) {
      return new Cycles(
          section.real("sparsity", effect, Range.BELOW_ONE),
          section.integer("cycles", effect, 1, MANY),
          RetrainingSettings.read(section.section("retraining"), effect),
          section.choice("norm", effect, Norm.class),
          section.choice("scope", effect, Scope.class));
    }

    IterativePruning pruning() {
      return new IterativePruning(sparsity, count, retraining.rule(), norm, scope);
    }
  }

  /**
   * Rounds of training, masking and rewinding.
   *
   * @param sparsity after the last one
   * @param rounds number of them
   * @param rewindEpoch whose values are gone back to
   * @param scope what may be pruned
   * @param rule how many go
   */
  public record Lottery(
      double sparsity, int rounds, int rewindEpoch, Scope scope, MagnitudePruning.Rule rule) {
    static Lottery read(Section section, Effect effect) {
      return new Lottery(
          section.real("sparsity", effect, Range.BELOW_ONE),
          section.integer("rounds", effect, 1, MANY),
          section.integer("rewind-epoch", effect, 0, MANY),
          section.choice("scope", effect, Scope.class),
          section.choice("rule", effect, MagnitudePruning.Rule.class));
    }
  }

  static IterativeSettings read(Section sparsity, PolicyName chosen) {
    Effect imp = PolicyName.IMP.effectIn(chosen);
    Effect bimp = PolicyName.BIMP.effectIn(chosen);
    Effect lottery = PolicyName.LOTTERY_TICKET.effectIn(chosen);
    return new IterativeSettings(
        Cycles.read(sparsity.section("imp"), imp),
        sparsity.section("imp").integer("retrain-epochs", imp, 0, MANY),
        Cycles.read(sparsity.section("bimp"), bimp),
        sparsity.section("bimp").integer("initial-epochs", bimp, 1, MANY),
        Lottery.read(sparsity.section("lottery-ticket"), lottery));
  }

  ImpOptions imp() {
    return new ImpOptions(impCycles.pruning(), retrainEpochs);
  }

  BimpOptions bimp(double learningRate) {
    return new BimpOptions(bimpCycles.pruning(), initialEpochs, learningRate);
  }

  LotteryTicketOptions lotteryTicket() {
    return new LotteryTicketOptions(
        lottery.sparsity(),
        lottery.rounds(),
        lottery.rewindEpoch(),
        lottery.scope(),
        lottery.rule());
  }
}
