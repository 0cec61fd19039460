package io.earlybird.pruning.detection;

import java.util.List;

/**
 * What a detector found.
 *
 * @param emerged whether the mask has settled
 * @param distances that it looked at, the oldest first; fewer than the window holds while it fills
 */
public record Detection(boolean emerged, List<Double> distances) {
  public Detection {
    distances = List.copyOf(distances);
  }
}
