package io.earlybird.pruning.weights;

import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * Finds the k smallest or largest |score| among the entries of some layers by counting instead of
 * sorting: the bits of a non-negative float, read as an integer, are in the order of the numbers,
 * so that two passes of 2^16 counters give the value of rank k.
 *
 * <p>Ties go to the lowest index. Time grows with the number of entries; nothing of their number is
 * allocated but the answer.
 */
public final class Choice {
  private static final int HALF_BITS = 16;
  private static final int LOW = (1 << HALF_BITS) - 1;
  private static final int LARGEST_KEY = Integer.MAX_VALUE;

  /** Entries that a choice is made among. */
  public enum Among {
    /** Those that are not held. */
    ACTIVE,
    /** Those that are held. */
    INACTIVE,
    /** All. */
    EVERY
  }

  private enum Order {
    ASCENDING,
    DESCENDING
  }

  private final float[] scores;
  private final List<ParameterLayout.Entry> layers;
  private final HeldEntries held;
  private final Among among;

  private Choice(
      float[] scores, List<ParameterLayout.Entry> layers, HeldEntries held, Among among) {
    this.scores = scores;
    this.layers = List.copyOf(layers);
    this.held = held;
    this.among = among;
  }

  /**
   * A choice among entries.
   *
   * @param scores in the layout that the layers lie in; their magnitude counts
   * @param held tells which entries are active
   */
  public static Choice of(
      float[] scores, List<ParameterLayout.Entry> layers, HeldEntries held, Among among) {
    return new Choice(scores, layers, held, among);
  }

  /**
   * The k entries of smallest magnitude, (|score|, index) ascending.
   *
   * @throws IllegalArgumentException if there are fewer than k
   * @throws ArithmeticException if a score is NaN
   */
  public BitSet smallest(int k) {
    return first(k, Order.ASCENDING);
  }

  /** The k entries of largest magnitude, |score| descending, index ascending. */
  public BitSet largest(int k) {
    return first(k, Order.DESCENDING);
  }

  /** All entries whose magnitude is at most that of rank k, 0-based ascending; k + 1 or more. */
  public BitSet upToRank(int k) {
    Rank rank = rank(k + 1, Order.ASCENDING);
    return collect(rank.key, Integer.MAX_VALUE, Order.ASCENDING);
  }

  private BitSet first(int k, Order order) {
    if (k == 0) {
      return new BitSet();
    }
    Rank rank = rank(k, order);
    return collect(rank.key, rank.ties, order);
  }

  /**
   * The key of the k-th entry, k from 1, and how many entries of that key are among the first k.
   */
  private record Rank(int key, int ties) {}

  private Rank rank(int k, Order order) {
    int[] counts = new int[1 << HALF_BITS];
    count(counts, order, -1);
    int below = 0;
    int high = 0;
    while (high < counts.length && below + counts[high] < k) {
      below += counts[high++];
    }
    if (high == counts.length) {
      throw new IllegalArgumentException(
          "Cannot choose "
              + k
              + " of "
              + below
              + " "
              + among.name().toLowerCase(Locale.ROOT)
              + " weights");
    }
    counts = new int[1 << HALF_BITS];
    count(counts, order, high);
    int low = 0;
    while (below + counts[low] < k) {
      below += counts[low++];
    }
    return new Rank((high << HALF_BITS) | low, k - below);
  }

  /** Counts the upper halves of the keys, or the lower ones of those with that upper half. */
  private void count(int[] counts, Order order, int high) {
    for (ParameterLayout.Entry layer : layers) {
      int end = layer.end();
      for (int i = next(layer.offset(), end); i < end; i = next(i + 1, end)) {
        int key = key(i, order);
        if (high < 0) {
          requireNumber(i);
          counts[key >>> HALF_BITS]++;
        } else if (key >>> HALF_BITS == high) {
          counts[key & LOW]++;
        }
      }
    }
  }

  private BitSet collect(int last, int ties, Order order) {
    BitSet chosen = new BitSet();
    int left = ties;
    for (ParameterLayout.Entry layer : layers) {
      int end = layer.end();
      for (int i = next(layer.offset(), end); i < end; i = next(i + 1, end)) {
        int key = key(i, order);
        if (key < last || (key == last && left-- > 0)) {
          chosen.set(i);
        }
      }
    }
    return chosen;
  }

  /** The next entry that takes part, or {@code end} or more. */
  private int next(int from, int end) {
    if (among == Among.EVERY) {
      return from;
    }
    int next = among == Among.ACTIVE ? held.nextFree(from) : held.next(from);
    return next < 0 ? end : next;
  }

  private int key(int i, Order order) {
    int bits = Float.floatToRawIntBits(scores[i]) & LARGEST_KEY;
    return order == Order.ASCENDING ? bits : LARGEST_KEY - bits;
  }

  private void requireNumber(int i) {
    if (Float.isNaN(scores[i])) {
      throw new ArithmeticException(
          "Cannot rank weight "
              + i
              + ": its score is NaN; the training has diverged, lower the"
              + " learning rate");
    }
  }
}
