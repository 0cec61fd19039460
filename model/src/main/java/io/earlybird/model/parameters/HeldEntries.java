package io.earlybird.model.parameters;

import java.io.Serializable;
import java.util.BitSet;

/**
 * The one mask facility: trainable entries that a step holds at zero, in value and, unless the rule
 * says otherwise, gradient and momentum.
 *
 * <p>Unstructured sparsity, zeroed gammas and the equality tests of surgery all use it. Indexes are
 * positions in the flat array of a {@link ParameterLayout}, below {@code trainableLength}.
 * Immutable.
 */
public final class HeldEntries implements Serializable {
  private static final long serialVersionUID = 1;
  private static final HeldEntries NONE = new HeldEntries(new BitSet());

  private final BitSet held;

  private HeldEntries(BitSet held) {
    this.held = held;
  }

  /** Nothing is held. */
  public static HeldEntries none() {
    return NONE;
  }

  /** Holds the entries whose bits are set. */
  public static HeldEntries of(BitSet indexes) {
    return indexes.isEmpty() ? NONE : new HeldEntries((BitSet) indexes.clone());
  }

  /** Whether the entry is held. */
  public boolean holds(int index) {
    return held.get(index);
  }

  /** Number of held entries. */
  public int count() {
    return held.cardinality();
  }

  /** Whether nothing is held. */
  public boolean isEmpty() {
    return held.isEmpty();
  }

  /** First held index at or after {@code from}, or -1. */
  public int next(int from) {
    return held.nextSetBit(from);
  }

  /** First index at or after {@code from} that is not held. */
  public int nextFree(int from) {
    return held.nextClearBit(from);
  }

  /** Number of held entries in [from, to). */
  public int count(int from, int to) {
    return held.get(from, to).cardinality();
  }

  /** A copy as bit set. */
  public BitSet toBitSet() {
    return (BitSet) held.clone();
  }

  /** Entries held by this or by the other. */
  public HeldEntries union(HeldEntries other) {
    BitSet both = toBitSet();
    both.or(other.held);
    return of(both);
  }

  /** Sets the held entries of {@code values} to zero. */
  public void zero(float[] values) {
    for (int i = held.nextSetBit(0); i >= 0; i = held.nextSetBit(i + 1)) {
      values[i] = 0;
    }
  }

  /** Fails unless all indexes are below the trainable length of the layout. */
  public void requireWithin(ParameterLayout layout) {
    if (held.length() > layout.trainableLength()) {
      throw new IllegalArgumentException(
          "Invalid held entries: index "
              + (held.length() - 1)
              + ", but the network has "
              + layout.trainableLength()
              + " trainable values");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HeldEntries that && held.equals(that.held);
  }

  @Override
  public int hashCode() {
    return held.hashCode();
  }

  @Override
  public String toString() {
    return held.cardinality() + " held entries";
  }
}
