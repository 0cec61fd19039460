package io.earlybird.pruning.schedule;

import java.util.OptionalInt;

/**
 * Rates of a retraining of n = R * I iterations after pruning (specification 3.1).
 *
 * <pre>
 *   n_w = floor(warmUpFraction * n), n_r = n - n_w
 *   lr(i) = a * (1 - cos(pi * i / n_w)) / 2     0 &lt;= i &lt;= n_w, if n_w &gt; 0
 *   lr(i) = curve(i - n_w)                      afterwards
 * </pre>
 *
 * The peak is reached at i = n_w and the first update has rate 0, as in the released code (Zimmer
 * et al. 2023, arXiv 2111.00843).
 *
 * @param curve main part
 * @param record rates of the dense training
 * @param epochs R, at least 1
 * @param warmUpFraction in [0, 1)
 * @param peak a
 */
public record Retraining(
    Curve curve, RateRecord record, int epochs, double warmUpFraction, Peak peak)
    implements Schedule {
  public Retraining {
    Steps.requireEpochs("retraining epochs", epochs);
    if (!(warmUpFraction >= 0 && warmUpFraction < 1)) {
      throw new IllegalArgumentException(
          "Invalid warm-up fraction " + warmUpFraction + ": must be in [0, 1)");
    }
    if (curve == Curve.REWOUND && epochs > record.epochs()) {
      throw new IllegalArgumentException(
          "Invalid retraining of "
              + epochs
              + " epochs by rewinding (lrw): the record has "
              + record.epochs()
              + "; retrain for fewer epochs or choose another schedule");
    }
  }

  @Override
  public double learningRate(int epoch, int step, int stepsPerEpoch) {
    long i = Steps.iteration(epochs, epoch, step, stepsPerEpoch);
    long n = (long) epochs * stepsPerEpoch;
    long warmUp = (long) Math.floor(warmUpFraction * n);
    double a = peak.value(record, stepsPerEpoch);
    if (warmUp > 0 && i <= warmUp) {
      return a * (1 - StrictMath.cos(Math.PI * i / warmUp)) / 2;
    }
    return curve.rate(a, record, i - warmUp, n - warmUp, stepsPerEpoch);
  }

  @Override
  public OptionalInt horizon() {
    return OptionalInt.of(epochs);
  }

  @Override
  public String describe() {
    return "retraining of " + epochs + " epochs, " + curve + " after " + record.describe();
  }
}
