package io.earlybird.pruning.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.pruning.mask.Mask;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DetectorTest {
  private static final Detector PAPER = ConsecutiveDistances.paper();
  private static final Detector CODE = NewestAgainstPrevious.releasedCode();

  /** N = 40, 20 kept; each swap exchanges a kept and a pruned channel. */
  private static Mask swapped(int pairs) {
    BitSet kept = new BitSet();
    kept.set(pairs, 20);
    kept.set(20, 20 + pairs);
    return Mask.of(kept, 40);
  }

  private static Mask degenerate(int channels) {
    return Mask.of(new BitSet(), channels);
  }

  /** Completed epochs at which the detector first fires, or -1. */
  private static int firstEpoch(Detector detector, MaskHistory start, List<Mask> masks) {
    MaskHistory history = start;
    for (int t = 1; t <= masks.size(); t++) {
      history = history.with(masks.get(t - 1));
      if (detector.examine(history).emerged()) {
        return history.epochs();
      }
    }
    return -1;
  }

  private static MaskHistory before(Mask initial) {
    return MaskHistory.empty().with(initial);
  }

  private static List<Mask> constant(Mask mask, int epochs) {
    return Collections.nCopies(epochs, mask);
  }

  @Test
  void workedTraceOfTheSpecification() {
    List<Mask> masks = Stream.of(0, 1, 2, 3, 4, 5, 5, 6, 6, 6).map(DetectorTest::swapped).toList();
    MaskHistory start = before(degenerate(40));
    assertThat(firstEpoch(PAPER, start, masks)).isEqualTo(6);
    assertThat(firstEpoch(CODE, start, masks)).isEqualTo(9);
  }

  @Test
  void distancesOfTheWorkedTraceAreTheOldestFirst() {
    MaskHistory history = before(degenerate(40));
    for (int pairs : new int[] {0, 1, 2, 3, 4, 5, 5, 6, 6}) {
      history = history.with(swapped(pairs));
    }
    assertThat(CODE.examine(history).distances()).containsExactly(0.1, 0.05, 0.05, 0.0);
    assertThat(PAPER.examine(history).distances()).containsExactly(0.05, 0.05, 0.0, 0.05, 0.0);
    assertThat(history.newestDistance()).contains(0.0);
  }

  @Test
  void constantMaskEmergesWhenTheWindowIsFull() {
    List<Mask> masks = constant(swapped(0), 10);
    MaskHistory start = before(degenerate(40));
    assertThat(firstEpoch(PAPER, start, masks)).isEqualTo(6);
    assertThat(firstEpoch(CODE, start, masks)).isEqualTo(5);
  }

  @Test
  void initialMaskMayCountAndSavesAnEpoch() {
    Detector withInitial = new ConsecutiveDistances(5, 0.1, InitialMask.INCLUDED);
    MaskHistory meaningful = before(swapped(0));
    assertThat(firstEpoch(withInitial, meaningful, constant(swapped(0), 10))).isEqualTo(5);
    assertThat(firstEpoch(withInitial, before(degenerate(40)), constant(swapped(0), 10)))
        .isEqualTo(6);
    assertThat(firstEpoch(PAPER, meaningful, constant(swapped(0), 10))).isEqualTo(6);
  }

  @Test
  void releasedCodeNeedsFiveMasksEvenIfAllAreEqual() {
    assertThat(firstEpoch(CODE, before(swapped(0)), constant(swapped(0), 3))).isEqualTo(-1);
    assertThat(firstEpoch(CODE, before(swapped(0)), constant(swapped(0), 4))).isEqualTo(4);
  }

  @Test
  void exactlyEpsilonIsRejectedByThePaperAndAcceptedByTheCode() {
    // Each epoch flips the same two pairs: hamming 4 of 40 is exactly one tenth.
    Mask even = swapped(0);
    Mask odd = swapped(2);
    List<Mask> alternating = List.of(even, odd, even, odd, even, odd, even, odd);
    MaskHistory start = before(degenerate(40));
    assertThat(firstEpoch(PAPER, start, alternating)).isEqualTo(-1);
    assertThat(firstEpoch(CODE, start, alternating)).isEqualTo(5);
  }

  @Test
  void oneJumpHoldsThePaperBackForAWholeWindow() {
    List<Mask> masks = new ArrayList<>(constant(swapped(0), 4));
    masks.addAll(constant(swapped(10), 8));
    // The jump is the distance of epoch 5; five quiet distances follow at epochs 6 to 10.
    assertThat(firstEpoch(PAPER, before(degenerate(40)), masks)).isEqualTo(10);
    assertThat(firstEpoch(CODE, before(degenerate(40)), masks)).isEqualTo(9);
  }

  @Test
  void boundaryIsDecimalForEveryNetworkSize() {
    for (int channels : new int[] {10, 30, 70, 4240, 7410, 26_560}) {
      assertThat(Closeness.below(channels / 10, channels, 0.1)).isFalse();
      assertThat(Closeness.below(channels / 10 - 1, channels, 0.1)).isTrue();
      assertThat(Closeness.atMost(channels / 10, channels, 0.1)).isTrue();
      assertThat(Closeness.atMost(channels / 10 + 1, channels, 0.1)).isFalse();
    }
  }

  @Test
  void invalidDetectorsAreRefused() {
    assertThatThrownBy(() -> new NewestAgainstPrevious(1, 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("window 1: must be at least 2");
    assertThatThrownBy(() -> new ConsecutiveDistances(5, 0, InitialMask.EXCLUDED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("epsilon 0.0: must be in (0, 1]");
  }
}
