package io.earlybird.pruning.detection;

import io.earlybird.pruning.mask.Mask;
import java.util.ArrayList;
import java.util.List;

/**
 * The mask has settled when each of the last {@code window} distances between consecutive epochs is
 * strictly below epsilon (You et al. 2020, arXiv 1909.11957, Algorithm 1; specification 1.7 a).
 *
 * <p>Earliest at window + 1 completed epochs, or one epoch earlier with the initial mask. The
 * released code differs; see {@link NewestAgainstPrevious}.
 *
 * @param window number of distances, at least 1
 * @param epsilon in (0, 1]
 * @param initialMask whether the distance to the mask before the first epoch counts
 */
public record ConsecutiveDistances(int window, double epsilon, InitialMask initialMask)
    implements Detector {
  public ConsecutiveDistances {
    Closeness.requireValid(window, 1, epsilon);
  }

  /** The paper's: 5 distances below 0.1. */
  public static ConsecutiveDistances paper() {
    return new ConsecutiveDistances(5, 0.1, InitialMask.EXCLUDED);
  }

  @Override
  public String name() {
    return "consecutive";
  }

  @Override
  public Detection examine(MaskHistory history) {
    List<Mask> masks = history.masks();
    int first = initialMask == InitialMask.INCLUDED ? 1 : 2;
    List<Double> distances = new ArrayList<>();
    boolean settled = true;
    for (int t = Math.max(first, masks.size() - window); t < masks.size(); t++) {
      int differing = masks.get(t).hamming(masks.get(t - 1));
      settled &= Closeness.below(differing, masks.get(t).length(), epsilon);
      distances.add(masks.get(t).distance(masks.get(t - 1)));
    }
    return new Detection(settled && distances.size() == window, distances);
  }
}
