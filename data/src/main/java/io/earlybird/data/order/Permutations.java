package io.earlybird.data.order;

import java.util.SplittableRandom;

/** Random permutations. */
public final class Permutations {
  private Permutations() {}

  /** A uniformly random permutation of 0 to {@code size} - 1 (Fisher-Yates, inside out). */
  public static int[] draw(int size, SplittableRandom random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
