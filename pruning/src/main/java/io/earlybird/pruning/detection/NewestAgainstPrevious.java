package io.earlybird.pruning.detection;

import io.earlybird.pruning.mask.Mask;
import java.util.ArrayList;
import java.util.List;

/**
 * The mask has settled when the newest of the last {@code window} masks is at most epsilon from
 * each of the others: the authors' released code (specification 1.7 b).
 *
 * <p>The mask before the first epoch takes part, as in the code. The code labels its ticket one
 * epoch too high; here epochs count completed epochs.
 *
 * @param window number of masks, at least 2
 * @param epsilon in (0, 1]; a distance of exactly epsilon is accepted
 */
public record NewestAgainstPrevious(int window, double epsilon) implements Detector {
  public NewestAgainstPrevious {
    Closeness.requireValid(window, 2, epsilon);
  }

  /** The released code's: 5 masks, at most 0.1. */
  public static NewestAgainstPrevious releasedCode() {
    return new NewestAgainstPrevious(5, 0.1);
  }

  @Override
  public String name() {
    return "newest-vs-previous";
  }

  @Override
  public Detection examine(MaskHistory history) {
    List<Mask> masks = history.masks();
    List<Double> distances = new ArrayList<>();
    boolean settled = masks.size() >= window;
    for (int t = Math.max(0, masks.size() - window); t < masks.size() - 1; t++) {
      int differing = history.newest().hamming(masks.get(t));
      settled &= Closeness.atMost(differing, history.newest().length(), epsilon);
      distances.add(history.newest().distance(masks.get(t)));
    }
    return new Detection(settled, distances);
  }
}
