package io.earlybird.pruning.mask;

import java.util.BitSet;

/** Which channels are kept; immutable. */
public final class Mask {
  private final BitSet kept;
  private final int length;

  private Mask(BitSet kept, int length) {
    this.kept = kept;
    this.length = length;
  }

  /**
   * A mask of {@code length} channels.
   *
   * @param kept bit set of the channels that are kept, all below {@code length}
   */
  public static Mask of(BitSet kept, int length) {
    if (kept.length() > length) {
      throw new IllegalArgumentException(
          "Invalid mask: channel " + (kept.length() - 1) + " is kept, but there are " + length);
    }
    return new Mask((BitSet) kept.clone(), length);
  }

  /** Number of channels, N. */
  public int length() {
    return length;
  }

  /** Whether the channel is kept. */
  public boolean keeps(int channel) {
    return kept.get(channel);
  }

  /** Number of kept channels. */
  public int keptCount() {
    return kept.cardinality();
  }

  /** The channels [from, from + count) as a mask of their own. */
  public Mask slice(int from, int count) {
    return new Mask(kept.get(from, from + count), count);
  }

  /** A copy of the kept channels. */
  public BitSet toBitSet() {
    return (BitSet) kept.clone();
  }

  /** Number of channels that one mask keeps and the other does not. */
  public int hamming(Mask other) {
    if (length != other.length) {
      throw new IllegalArgumentException(
          "Cannot compare masks of " + length + " and " + other.length + " channels");
    }
    BitSet differing = toBitSet();
    differing.xor(other.kept);
    return differing.cardinality();
  }

  /** Normalized Hamming distance {@code hamming / N}, in [0, 1] (specification 1.6); a metric. */
  public double distance(Mask other) {
    return (double) hamming(other) / length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask that && length == that.length && kept.equals(that.kept);
  }

  @Override
  public int hashCode() {
    return 31 * length + kept.hashCode();
  }

  /** One digit a channel, for example {@code 1010}; longer masks as a count. */
  @Override
  public String toString() {
    if (length > 64) {
      return keptCount() + " of " + length + " channels";
    }
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < length; i++) {
      digits.append(kept.get(i) ? '1' : '0');
    }
    return digits.toString();
  }
}
