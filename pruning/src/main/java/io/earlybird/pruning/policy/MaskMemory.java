package io.earlybird.pruning.policy;

import io.earlybird.pruning.detection.MaskHistory;
import java.util.SortedMap;

/** The masks in the memory of a policy, for whoever shows them. */
public final class MaskMemory {
  private MaskMemory() {}

  /**
   * Masks by pruning ratio, since before the first epoch; none if the policy keeps no masks.
   *
   * @throws IllegalArgumentException if the memory holds masks that cannot be read
   */
  public static SortedMap<Double, MaskHistory> of(PolicyMemory memory) {
    return EarlyBirdMemory.histories(memory);
  }
}
