package io.earlybird.pruning.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;

/** Parameters for tests, and how far float32 results may lie apart. */
public final class Values {
  /**
   * Relative to the largest magnitude in a tensor, and to 0.1 where all are smaller, as where a
   * bias before a batch norm has gradient 0. Permuting the images of a batch, which changes nothing
   * but the order of float32 sums, moves gradients of the test networks by up to 1e-6; the bound
   * leaves room for the other orders in which kernels add.
   */
  public static final double TOLERANCE = 2e-5;

  private static final double SMALLEST_SCALE = 0.1;

  private Values() {}

  /** No tensor of them is constant, and no running statistic is at its start. */
  public static Parameters random(Network network) {
    Parameters parameters = Initialization.draw(network, 3);
    Random random = new Random(4);
    for (int i = 0; i < parameters.layout().trainableLength(); i++) {
      parameters.values()[i] += (float) (0.1 * random.nextGaussian());
    }
    for (int i = parameters.layout().trainableLength(); i < parameters.layout().length(); i++) {
      parameters.values()[i] += (float) (0.1 * random.nextDouble());
    }
    return parameters;
  }

  /** All 0. */
  public static Parameters zeros(Network network) {
    return Parameters.zeros(ParameterLayout.of(network));
  }

  /** Fails if a tensor lies further apart than {@link #TOLERANCE} says. */
  public static void assertClose(Parameters found, Parameters expected) {
    for (ParameterLayout.Entry entry : found.layout().entries()) {
      assertClose(
          entry.name(),
          Arrays.copyOfRange(found.values(), entry.offset(), entry.end()),
          Arrays.copyOfRange(expected.values(), entry.offset(), entry.end()));
    }
  }

  /** Fails if two tensors lie further apart than {@link #TOLERANCE} says. */
  public static void assertClose(String what, float[] found, float[] expected) {
    double largest = SMALLEST_SCALE;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(found)
        .as(what)
        .containsExactly(expected, Offset.offset((float) (TOLERANCE * largest)));
  }
}
