package io.earlybird.pruning.schedule;

import java.util.List;
import java.util.OptionalInt;

/**
 * base * factor^#{decays &lt;= e} (specification 1.8): an epoch of the list is the first that is
 * trained with the smaller rate.
 *
 * <p>The power is taken by repeated multiplication, which gives the bits of a loop that multiplies
 * once at every decay. The authors' code multiplies only at epochs that it visits, so that a ticket
 * resumed late misses decays; this form does not.
 *
 * @param base rate before the first decay, at least 0
 * @param factor of one decay, at least 0
 * @param decays 0-based epochs, ascending, each at least 1
 */
public record StepDecay(double base, double factor, List<Integer> decays) implements Schedule {
  public StepDecay {
    Steps.requireRate("learning rate", base);
    Steps.requireRate("decay factor", factor);
    decays = List.copyOf(decays);
    int previous = 0;
    for (int decay : decays) {
      if (decay <= previous) {
        throw new IllegalArgumentException(
            "Invalid decay epochs " + decays + ": must ascend and be at least 1");
      }
      previous = decay;
    }
  }

  @Override
  public double learningRate(int epoch, int step, int stepsPerEpoch) {
    Steps.requireWithin(epoch, step, stepsPerEpoch);
    double rate = base;
    for (int decay : decays) {
      if (decay <= epoch) {
        rate *= factor;
      }
    }
    return rate;
  }

  @Override
  public OptionalInt horizon() {
    return OptionalInt.empty();
  }

  @Override
  public String describe() {
    return base + " x " + factor + " at epochs " + decays;
  }
}
