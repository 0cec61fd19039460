package io.earlybird.pruning.mask;

import java.util.Arrays;
import java.util.BitSet;

/**
 * All channels of a network from the least to the most important, sorted once for any number of
 * pruning ratios.
 *
 * <p>With b the ascending scores and k = (int)(N * p), all in IEEE doubles (specification 0.9, 1.5,
 * 2.8):
 *
 * <ul>
 *   <li>{@link MaskRule#STRICT_THRESHOLD}: kept iff a_i &gt; b_k. At least k + 1 channels go;
 *       channels tied with the threshold all go, so that equal gammas give an empty mask. The
 *       authors' code does this.
 *   <li>{@link MaskRule#EXACT_K}: exactly the first k of (a_i, i) go. The project's own.
 *   <li>{@link MaskRule#PROTECTIVE}: with y the ascending scores of a layer of C channels and h =
 *       (int)(0.9 * C), channels above y[h] stay; the threshold is value k of all y[0..h-1]
 *       together. In the authors' code, unused by their scripts.
 * </ul>
 */
public final class ChannelRanking {
  private static final double PROTECTION = 0.9;

  private final ChannelScores scores;

  /** Bits of the score in the upper half, index in the lower; scores are not negative. */
  private final long[] ascending;

  private ChannelRanking(ChannelScores scores, long[] ascending) {
    this.scores = scores;
    this.ascending = ascending;
  }

  /** Sorts the channels. */
  public static ChannelRanking of(ChannelScores scores) {
    long[] keys = new long[scores.length()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = ((long) Float.floatToIntBits(scores.score(i)) << 32) | i;
    }
    Arrays.sort(keys);
    return new ChannelRanking(scores, keys);
  }

  /**
   * The global mask.
   *
   * @param ratio p in [0, 1)
   * @throws IllegalArgumentException if the ratio is not, or the protective rule leaves too few
   *     channels to choose from
   */
  public Mask mask(double ratio, MaskRule rule) {
    if (!(ratio >= 0 && ratio < 1)) {
      throw new IllegalArgumentException("Invalid pruning ratio " + ratio + ": must be in [0, 1)");
    }
    int k = (int) (scores.length() * ratio);
    return switch (rule) {
      case STRICT_THRESHOLD -> above(score(k), new BitSet());
      case EXACT_K -> exactly(k);
      case PROTECTIVE -> protective(k);
    };
  }

  private float score(int rank) {
    return Float.intBitsToFloat((int) (ascending[rank] >>> 32));
  }

  private Mask above(float threshold, BitSet kept) {
    for (int rank = ascending.length - 1; rank >= 0 && score(rank) > threshold; rank--) {
      kept.set((int) ascending[rank]);
    }
    return Mask.of(kept, scores.length());
  }

  private Mask exactly(int k) {
    BitSet kept = new BitSet();
    for (int rank = k; rank < ascending.length; rank++) {
      kept.set((int) ascending[rank]);
    }
    return Mask.of(kept, scores.length());
  }

  private Mask protective(int k) {
    BitSet kept = new BitSet();
    float[] candidates = new float[scores.length()];
    int count = 0;
    for (BatchNormChannels.Layer layer : scores.channels().layers()) {
      float[] y = new float[layer.count()];
      for (int c = 0; c < y.length; c++) {
        y[c] = scores.score(layer.offset() + c);
      }
      Arrays.sort(y);
      int h = (int) (PROTECTION * y.length);
      System.arraycopy(y, 0, candidates, count, h);
      count += h;
      for (int c = 0; c < y.length; c++) {
        kept.set(layer.offset() + c, scores.score(layer.offset() + c) > y[h]);
      }
    }
    if (k >= count) {
      throw new IllegalArgumentException(
          "Cannot prune "
              + k
              + " of "
              + scores.length()
              + " channels with the protective rule, which leaves "
              + count
              + " to choose from: lower the pruning ratio");
    }
    Arrays.sort(candidates, 0, count);
    return above(candidates[k], kept);
  }
}
