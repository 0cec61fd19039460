package io.earlybird.pruning.detection;

import io.earlybird.pruning.mask.Mask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Masks of one pruning ratio after 0, 1, 2, ... completed epochs.
 *
 * @param masks index = completed epochs
 */
public record MaskHistory(List<Mask> masks) {
  public MaskHistory {
    masks = List.copyOf(masks);
  }

  /** Before the first mask. */
  public static MaskHistory empty() {
    return new MaskHistory(List.of());
  }

  /** The history with one more mask. */
  public MaskHistory with(Mask mask) {
    List<Mask> longer = new ArrayList<>(masks);
    longer.add(mask);
    return new MaskHistory(longer);
  }

  /** Completed epochs of the newest mask; -1 while there is none. */
  public int epochs() {
    return masks.size() - 1;
  }

  /** The newest mask. */
  public Mask newest() {
    if (masks.isEmpty()) {
      throw new IllegalStateException("Cannot take the newest mask: the history is empty");
    }
    return masks.get(masks.size() - 1);
  }

  /**
   * Distance of the newest mask to the one before; empty after the first epoch, since the mask
   * before it says nothing.
   */
  public Optional<Double> newestDistance() {
    int size = masks.size();
    return size < 3
        ? Optional.empty()
        : Optional.of(masks.get(size - 1).distance(masks.get(size - 2)));
  }
}
