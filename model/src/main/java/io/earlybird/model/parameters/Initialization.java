package io.earlybird.model.parameters;

import io.earlybird.model.network.Network;
import io.earlybird.model.random.Seeds;
import java.util.Random;

/**
 * Fresh values of a network (specification 7.2 to 7.4).
 *
 * <p>Each tensor draws from a generator of its own, seeded by (seed, tensor name), so that its
 * values do not depend on the other tensors. {@link Random} is used because its normal variates are
 * specified to the bit.
 */
public final class Initialization {
  private Initialization() {}

  /** Draws all tensors of a network; running means are 0 and running variances 1. */
  public static Parameters draw(Network network, long seed) {
    Parameters parameters = Parameters.zeros(ParameterLayout.of(network));
    for (ParameterLayout.Entry entry : parameters.layout().entries()) {
      Random random = new Random(Seeds.derive(seed, entry.name()));
      for (int i = entry.offset(); i < entry.end(); i++) {
        parameters.values()[i] = (float) entry.spec().initial().draw(random);
      }
    }
    return parameters;
  }
}
