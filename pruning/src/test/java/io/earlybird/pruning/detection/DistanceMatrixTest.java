package io.earlybird.pruning.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.pruning.mask.Mask;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistanceMatrixTest {
  private static Mask keeping(int... channels) {
    BitSet kept = new BitSet();
    for (int channel : channels) {
      kept.set(channel);
    }
    return Mask.of(kept, 8);
  }

  @Test
  void distancesAreSymmetricWithZeroDiagonal() {
    DistanceMatrix matrix =
        DistanceMatrix.of(List.of(keeping(0, 1), keeping(0, 2), keeping(3, 4, 5)));
    assertThat(matrix.at(0, 1)).isEqualTo(2 / 8.0);
    assertThat(matrix.at(2, 0)).isEqualTo(5 / 8.0);
    for (int i = 0; i < 3; i++) {
      assertThat(matrix.at(i, i)).isZero();
      for (int j = 0; j < 3; j++) {
        assertThat(matrix.at(i, j)).isEqualTo(matrix.at(j, i));
      }
    }
  }

  @Test
  void rescaledDistancesSpanZeroToOne() {
    DistanceMatrix matrix =
        DistanceMatrix.of(List.of(keeping(0, 1), keeping(0, 2), keeping(3, 4, 5))).rescaled();
    assertThat(matrix.at(0, 1)).isEqualTo(0.4);
    assertThat(matrix.at(0, 2)).isEqualTo(1);
    assertThat(matrix.at(1, 1)).isZero();
  }

  @Test
  void equalMasksRescaleToZero() {
    DistanceMatrix matrix = DistanceMatrix.of(List.of(keeping(1), keeping(1))).rescaled();
    assertThat(matrix.at(0, 1)).isZero();
  }
}
