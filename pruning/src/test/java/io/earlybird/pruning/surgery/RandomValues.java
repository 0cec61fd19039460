package io.earlybird.pruning.surgery;

import io.earlybird.model.network.Network;
import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.mask.BatchNormChannels;
import io.earlybird.pruning.mask.Mask;
import java.util.BitSet;
import java.util.Random;

/** Values and masks that look like those in the middle of a training. */
public final class RandomValues {
  private RandomValues() {}

  /** Fresh weights; gammas, betas and running statistics away from their initial values. */
  public static Parameters parameters(Network network, long seed) {
    Parameters parameters = Initialization.draw(network, seed);
    Random random = new Random(seed);
    for (ParameterLayout.Entry entry : parameters.layout().entries()) {
      for (int i = entry.offset(); i < entry.end(); i++) {
        float[] values = parameters.values();
        values[i] =
            switch (entry.spec().role()) {
              case WEIGHT, BIAS, AUXILIARY -> values[i];
              case GAMMA -> (float) ((0.2 + random.nextDouble()) * (random.nextBoolean() ? 1 : -1));
              case BETA, RUNNING_MEAN -> (float) (0.3 * random.nextGaussian());
              case RUNNING_VARIANCE -> (float) (0.5 + random.nextDouble());
            };
      }
    }
    return parameters;
  }

  /** Gammas as above; all other values are 0, which is quick and enough to cut. */
  public static Parameters gammas(Network network, long seed) {
    Parameters parameters = Parameters.zeros(ParameterLayout.of(network));
    Random random = new Random(seed);
    for (ParameterLayout.Entry entry : parameters.layout().entries(Role.GAMMA)) {
      for (int i = entry.offset(); i < entry.end(); i++) {
        parameters.values()[i] = 0.2f + random.nextFloat();
      }
    }
    return parameters;
  }

  /** Small velocities; 0 for running statistics. */
  public static Parameters momentum(Network network, long seed) {
    Parameters momentum = Parameters.zeros(ParameterLayout.of(network));
    Random random = new Random(seed);
    for (int i = 0; i < momentum.layout().trainableLength(); i++) {
      momentum.values()[i] = (float) (0.01 * random.nextGaussian());
    }
    return momentum;
  }

  /**
   * Each channel is kept with probability 1 - p; about every sixth layer loses all its channels.
   */
  public static Mask maskWithEmptyLayers(Network network, double p, long seed) {
    Random random = new Random(seed);
    BatchNormChannels channels = BatchNormChannels.of(network);
    BitSet kept = new BitSet();
    for (BatchNormChannels.Layer layer : channels.layers()) {
      boolean empty = random.nextInt(6) == 0;
      for (int c = 0; c < layer.count(); c++) {
        kept.set(layer.offset() + c, !empty && random.nextDouble() >= p);
      }
    }
    return Mask.of(kept, channels.total());
  }
}
