package io.earlybird.pruning.weights;

import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import java.util.List;

/**
 * d1 = ||W - W_p|| / (||W|| * sqrt(s)), how much of the norm a pruning has removed (Zimmer et al.
 * 2023, arXiv 2111.00843; specification 3.2), at most 1.
 *
 * <p>s is the fraction of the active prunable weights that it has removed. The released code takes
 * the norms over all parameters, batch norm and biases included; here that is a matter of which
 * tensors are given.
 */
public final class NormDrop {
  private NormDrop() {}

  /**
   * The drop.
   *
   * @param values before the pruning
   * @param norm tensors that the norms are taken over
   * @param weights that may be pruned
   * @param before what is inactive before
   * @param after what is inactive afterwards
   * @return 0 if nothing was removed or all values are 0
   */
  public static double of(
      float[] values,
      List<ParameterLayout.Entry> norm,
      PrunableWeights weights,
      HeldEntries before,
      HeldEntries after) {
    int active = weights.active(before);
    double s = (double) (active - weights.active(after)) / active;
    double all = 0;
    double removed = 0;
    for (ParameterLayout.Entry entry : norm) {
      for (int i = entry.offset(); i < entry.end(); i++) {
        double square = (double) values[i] * values[i];
        if (!before.holds(i)) {
          all += square;
          removed += after.holds(i) ? square : 0;
        }
      }
    }
    return s == 0 || all == 0 ? 0 : Math.min(1, Math.sqrt(removed / all / s));
  }
}
