package io.earlybird.model.reparametrization;

import java.util.BitSet;
import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;

/**
 * Tells the entries of largest |score| from the others, by counting instead of sorting: the bits of
 * a non-negative float, read as an integer, are in the order of the numbers, so that two passes of
 * 2^16 counters give the score of any rank.
 *
 * <p>Scores are compared as float32, in all engines. A score that is NaN ranks highest.
 */
final class Ranking {
  private static final int HALF_BITS = 16;
  private static final int LOW = (1 << HALF_BITS) - 1;

  private final Layers layers;
  private final IntToDoubleFunction score;

  /**
   * A ranking.
   *
   * @param score of an index in the layout; its magnitude counts
   */
  Ranking(Layers layers, IntToDoubleFunction score) {
    this.layers = layers;
    this.score = score;
  }

  /** The key of the last of the k largest, and how many of that key are among them. */
  private record Cut(int key, int ties) {}

  /** Each index goes to one of two: the k largest, ties by the lowest index first, or the rest. */
  void split(int k, IntConsumer largest, IntConsumer rest) {
    if (k <= 0) {
      layers.forEach(rest);
      return;
    }
    if (k >= layers.count()) {
      layers.forEach(largest);
      return;
    }
    Cut cut = cut(k);
    int[] ties = {cut.ties()};
    layers.forEach(
        i -> {
          int key = key(i);
          boolean among = key > cut.key() || (key == cut.key() && ties[0]-- > 0);
          (among ? largest : rest).accept(i);
        });
  }

  /** All indexes whose magnitude is at most the k-th smallest: k, or more where some tie. */
  BitSet upToSmallest(int k) {
    BitSet found = new BitSet();
    if (k > 0) {
      int last = cut(layers.count() - Math.min(k, layers.count()) + 1).key();
      layers.forEach(i -> found.set(i, key(i) <= last));
    }
    return found;
  }

  private Cut cut(int k) {
    int[] counts = new int[1 << HALF_BITS];
    layers.forEach(i -> counts[key(i) >>> HALF_BITS]++);
    int high = counts.length - 1;
    int above = 0;
    while (above + counts[high] < k) {
      above += counts[high--];
    }
    int half = high;
    int[] lower = new int[1 << HALF_BITS];
    layers.forEach(
        i -> {
          int key = key(i);
          if (key >>> HALF_BITS == half) {
            lower[key & LOW]++;
          }
        });
    int low = LOW;
    while (above + lower[low] < k) {
      above += lower[low--];
    }
    return new Cut((high << HALF_BITS) | low, k - above);
  }

  private int key(int index) {
    return Float.floatToRawIntBits((float) score.applyAsDouble(index)) & Integer.MAX_VALUE;
  }
}
