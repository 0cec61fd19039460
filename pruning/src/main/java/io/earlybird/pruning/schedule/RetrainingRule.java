package io.earlybird.pruning.schedule;

import io.earlybird.pruning.schedule.Peak.Reference;

/**
 * The retraining schedule that a run wants (specification 3.1 to 3.6).
 *
 * @param name which
 * @param learningRate initial value a of the tunable ones, at least 0; the others find their own
 * @param warmUpFraction of the tunable ones, in [0, 1); the others warm up for a tenth, or not
 */
public record RetrainingRule(Name name, double learningRate, double warmUpFraction) {
  private static final double WARM_UP = 0.1;

  /** Names in settings. */
  public enum Name {
    /** Fine-tuning: the smallest rate of the record throughout. */
    FT,
    /** Learning-rate rewinding: the last rates of the record (Renda et al. 2020). */
    LRW,
    /** Scaled restart: the record compressed (Le and Hua 2021). */
    SLR,
    /** Cyclic restart: one cosine from the largest to the smallest rate (Le and Hua 2021). */
    CLR,
    /** Linear from the largest rate (Zimmer et al. 2023). */
    LLR,
    /** Linear from the largest rate times the discount of what pruning has removed. */
    ALLR,
    /** Tunable. */
    CONSTANT,
    /** Tunable: the record compressed, its largest rate scaled to the initial value. */
    STEPPED,
    /** Tunable: to 0. */
    COSINE,
    /** Tunable: to 0. */
    LINEAR,
    /** The whole record compressed, warm-up included (Li et al. 2020). */
    BUDGET_AWARE
  }

  public RetrainingRule {
    Steps.requireRate("retraining learning rate", learningRate);
    if (!(warmUpFraction >= 0 && warmUpFraction < 1)) {
      throw new IllegalArgumentException(
          "Invalid warm-up fraction " + warmUpFraction + ": must be in [0, 1)");
    }
  }

  /** One that has nothing to tune. */
  public static RetrainingRule of(Name name) {
    return new RetrainingRule(name, 0, 0);
  }

  /**
   * The rates of one retraining.
   *
   * @param record of the dense training
   * @param epochs R, at least 1
   * @param discount d in [0, 1], used by ALLR alone
   * @throws IllegalArgumentException if the record is too short
   */
  public Schedule schedule(RateRecord record, int epochs, double discount) {
    Peak largest = new Peak(Reference.LARGEST, 1);
    Peak own = new Peak(Reference.ONE, learningRate);
    return switch (name) {
      case FT -> new Retraining(Curve.CONSTANT, record, epochs, 0, new Peak(Reference.SMALLEST, 1));
      case LRW -> new Retraining(Curve.REWOUND, record, epochs, 0, largest);
      case SLR -> new Retraining(Curve.STEPPED, record, epochs, WARM_UP, largest);
      case CLR -> new Retraining(Curve.CYCLIC, record, epochs, WARM_UP, largest);
      case LLR -> new Retraining(Curve.LINEAR, record, epochs, WARM_UP, largest);
      case ALLR ->
          new Retraining(
              Curve.LINEAR, record, epochs, WARM_UP, new Peak(Reference.LARGEST, discount));
      case CONSTANT -> new Retraining(Curve.CONSTANT, record, epochs, warmUpFraction, own);
      case STEPPED -> new Retraining(Curve.STEPPED, record, epochs, warmUpFraction, own);
      case COSINE -> new Retraining(Curve.COSINE, record, epochs, warmUpFraction, own);
      case LINEAR -> new Retraining(Curve.LINEAR, record, epochs, warmUpFraction, own);
      case BUDGET_AWARE -> new Compressed(record, epochs);
    };
  }
}
