package io.earlybird.pruning.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/**
 * How far rounding may move the results of a case: as far as the {@link Variation}s have moved
 * those of the engine that is judged, tensor by tensor.
 */
final class Rounding {
  /**
   * The difference of two engines is another sample of what the variations sample. The largest
   * values of small tensors scatter by some times.
   */
  private static final double FACTOR = 4;

  /** One rounding, relative to the number that is rounded. */
  private static final double LAST_PLACE = 0x1p-23;

  /**
   * A bound above this part of the largest number of a quantity would let mistakes through: then
   * the case is badly made, and fails.
   */
  private static final double LARGEST_BOUND = 0.05;

  /**
   * A rectifier whose input is zero but for rounding lets a gradient pass or not. Sooner or later
   * one of many thousands does in one engine what it does not in the other, and neither is wrong.
   * One jump is at most about this part of the largest number; what is wrong in an update is more.
   */
  private static final double JUMP = 1e-3;

  /**
   * The same for networks of {@link #MANY_RECTIFIERS}. In the first gradient of ResNet-50, cut, of
   * 16 images of 33 pixels, nudges by four units in the last place moved both engines in every
   * other case: by 4.7e-4, 1.1e-3, 1.4e-3 or 2.7e-3 of the largest number and by nothing in
   * between, while all else lay within 2e-6 of the reference engine. Some add up in five steps:
   * 3.7e-3 of a momentum.
   */
  private static final double JUMP_IN_MANY = 5e-3;

  private static final int MANY_RECTIFIERS = 40;

  /** Networks with no more layers of rectifiers show no jump in their first step. */
  private static final int FEW_RECTIFIERS = 4;

  private final Recording recording;
  private final Distances noise;
  private final int rectifiers;

  Rounding(Recording recording, Distances noise, int rectifiers) {
    this.recording = recording;
    this.noise = noise;
    this.rectifiers = rectifiers;
  }

  /** Fails, naming every tensor, where differences are larger than rounding. */
  void assertExplains(Distances differences) {
    List<String> wrong = new ArrayList<>();
    for (Quantity quantity : recording.quantities()) {
      double bound = FACTOR * Math.max(noise.of(quantity), roundings(quantity));
      if (!(FACTOR * noise.of(quantity) <= LARGEST_BOUND * recording.scale(quantity))) {
        wrong.add(described(quantity, "badly made case", bound));
      } else if (!(differences.of(quantity) <= bound)) {
        wrong.add(
            described(quantity, "difference %.3g".formatted(differences.of(quantity)), bound));
      }
    }
    assertThat(wrong).as("differences that are not rounding").isEmpty();
  }

  /**
   * Of the result itself, and of the sums behind it: where a tensor is small because large terms
   * cancel, rounding has the size of those, and {@link Variation#NUDGE} says how much of it.
   */
  private double roundings(Quantity quantity) {
    if (quantity.steps() > 1 || (quantity.backward() && rectifiers > FEW_RECTIFIERS)) {
      double jump = rectifiers > MANY_RECTIFIERS ? JUMP_IN_MANY : JUMP;
      return jump * recording.scale(quantity) / FACTOR;
    }
    return Math.max(
        LAST_PLACE * recording.rounded(quantity), Variation.NUDGE * recording.scale(quantity));
  }

  private String described(Quantity quantity, String what, double bound) {
    return "%s: %s, where rounding may make %.3g and the largest number is %.3g"
        .formatted(quantity, what, bound, recording.scale(quantity));
  }
}
