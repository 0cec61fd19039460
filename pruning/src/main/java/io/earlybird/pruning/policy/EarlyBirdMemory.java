package io.earlybird.pruning.policy;

import io.earlybird.pruning.detection.MaskHistory;
import io.earlybird.pruning.mask.Mask;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What Early-Bird training remembers: every mask since the start, which ratios have emerged and
 * when, when the run switched, and the initial values if it will rewind to them.
 *
 * <p>Stored as {@code {"channels": N, "masks": n, "emerged": {"0.5": 7}, "switchedAt": 7}}, one bit
 * set {@code masks.RATIO} of n * N bits for each ratio, and the vector {@code initial}.
 *
 * @param histories by ratio
 * @param emerged completed epochs at which a ratio emerged
 * @param switchedAt completed epochs at the switch; -1 before it
 * @param initial values before the first epoch, in the dense layout; empty if not needed
 */
record EarlyBirdMemory(
    SortedMap<Double, MaskHistory> histories,
    SortedMap<Double, Integer> emerged,
    int switchedAt,
    Optional<Values> initial) {
  private static final int MAX_MASKS = 100_000;
  private static final String MASKS = "masks.";
  private static final String INITIAL = "initial";

  /** Values that nobody changes. */
  static final class Values {
    final float[] array;

    Values(float[] array) {
      this.array = array;
    }
  }

  private record Document(
      int channels, int masks, SortedMap<Double, Integer> emerged, int switchedAt) {
    Document {
      if (channels < 0
          || masks < 0
          || masks > MAX_MASKS
          || (long) masks * channels > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "Invalid early-bird memory: " + masks + " masks of " + channels + " channels");
      }
    }
  }

  /** Before the first mask. */
  static EarlyBirdMemory start(List<Double> ratios, Optional<Values> initial) {
    SortedMap<Double, MaskHistory> histories = new TreeMap<>();
    ratios.forEach(ratio -> histories.put(ratio, MaskHistory.empty()));
    return new EarlyBirdMemory(histories, new TreeMap<>(), -1, initial);
  }

  /** What a checkpoint holds. */
  static EarlyBirdMemory read(PolicyMemory memory, List<Double> ratios) {
    Document document = document(memory);
    Map<String, BitSet> bitSets = memory.bitSets();
    SortedMap<Double, MaskHistory> histories = new TreeMap<>();
    for (double ratio : ratios) {
      BitSet bits = bitSets.get(MASKS + ratio);
      if (bits == null) {
        throw new IllegalArgumentException(
            "Cannot resume: no masks of ratio "
                + ratio
                + " are stored, only "
                + bitSets.keySet()
                + "; resume with the ratios that the run began with");
      }
      histories.put(ratio, unpack(bits, document));
    }
    Optional<Values> initial = Optional.ofNullable(memory.tensors().get(INITIAL)).map(Values::new);
    return new EarlyBirdMemory(
        histories, new TreeMap<>(document.emerged()), document.switchedAt(), initial);
  }

  /** All masks that a checkpoint holds, whatever their ratios; none if it is another policy's. */
  static SortedMap<Double, MaskHistory> histories(PolicyMemory memory) {
    SortedMap<Double, MaskHistory> histories = new TreeMap<>();
    memory
        .bitSets()
        .forEach(
            (name, bits) -> {
              if (name.startsWith(MASKS)) {
                double ratio = Double.parseDouble(name.substring(MASKS.length()));
                histories.put(ratio, unpack(bits, document(memory)));
              }
            });
    return histories;
  }

  private static Document document(PolicyMemory memory) {
    return memory.document(Document.class, EarlyBirdPolicy.NAME);
  }

  private static MaskHistory unpack(BitSet bits, Document document) {
    List<Mask> masks = new ArrayList<>();
    int channels = document.channels();
    for (int i = 0; i < document.masks(); i++) {
      masks.add(Mask.of(bits.get(i * channels, (i + 1) * channels), channels));
    }
    return new MaskHistory(masks);
  }

  /** The form that a checkpoint stores. */
  PolicyMemory write() {
    MaskHistory any = histories.get(histories.firstKey());
    int channels = any.masks().isEmpty() ? 0 : any.newest().length();
    Document document = new Document(channels, any.masks().size(), emerged, switchedAt);
    Map<String, BitSet> bitSets = new TreeMap<>();
    histories.forEach((ratio, history) -> bitSets.put(MASKS + ratio, pack(history)));
    Map<String, float[]> tensors = new TreeMap<>();
    initial.ifPresent(values -> tensors.put(INITIAL, values.array));
    return PolicyMemory.of(document, tensors, bitSets);
  }

  private static BitSet pack(MaskHistory history) {
    BitSet bits = new BitSet();
    int offset = 0;
    for (Mask mask : history.masks()) {
      BitSet kept = mask.toBitSet();
      for (int c = kept.nextSetBit(0); c >= 0; c = kept.nextSetBit(c + 1)) {
        bits.set(offset + c);
      }
      offset += mask.length();
    }
    return bits;
  }

  /** Number of masks of each ratio: one more than the completed epochs that were looked at. */
  int masks() {
    return histories.get(histories.firstKey()).masks().size();
  }

  EarlyBirdMemory withMask(double ratio, Mask mask) {
    SortedMap<Double, MaskHistory> longer = new TreeMap<>(histories);
    longer.put(ratio, histories.get(ratio).with(mask));
    return new EarlyBirdMemory(longer, emerged, switchedAt, initial);
  }

  EarlyBirdMemory withEmerged(double ratio, int epoch) {
    SortedMap<Double, Integer> more = new TreeMap<>(emerged);
    more.put(ratio, epoch);
    return new EarlyBirdMemory(histories, more, switchedAt, initial);
  }

  /** After the switch; initial values are no longer needed. */
  EarlyBirdMemory withSwitch(int epoch) {
    return new EarlyBirdMemory(histories, emerged, epoch, Optional.empty());
  }
}
