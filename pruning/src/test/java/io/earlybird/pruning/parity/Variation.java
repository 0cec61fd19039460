package io.earlybird.pruning.parity;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reference.RandomBatches;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/** Another way to pose the same case, whose exact answer is the same but for rounding. */
enum Variation {
  /** As it is. */
  NONE,

  /** Images in reverse order: sums over the batch are added in another order. */
  REVERSED,

  /** Each value and pixel moved by up to {@link #NUDGE} of itself. */
  NUDGED;

  /**
   * Four units in the last place of float32. A sum of n rounded terms is the exact sum of terms
   * that were moved by a few such units, whatever the order: a result that lies further away than
   * such nudges move it has not come from rounding. Unlike a permutation this reaches sums in which
   * the batch takes no part, and batches of one image.
   */
  static final double NUDGE = 0x1p-21;

  Parameters values(Parameters values) {
    if (this != NUDGED) {
      return values;
    }
    SplittableRandom random = new SplittableRandom(0);
    Parameters varied = values.copy();
    for (int i = 0; i < varied.values().length; i++) {
      varied.values()[i] = nudged(varied.values()[i], random);
    }
    return varied;
  }

  Batch batch(Network network, int size, long seed) {
    Batch batch = RandomBatches.of(network, size, seed);
    FloatBuffer pixels = batch.pixels();
    if (this == NUDGED) {
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < pixels.capacity(); i++) {
        pixels.put(i, nudged(pixels.get(i), random));
      }
    }
    return this == REVERSED ? reversed(batch) : batch;
  }

  /**
   * Numbers of each image in the order of the images as they were.
   *
   * @param each how many numbers an image has
   */
  float[] ordered(float[] values, int each) {
    if (this != REVERSED) {
      return values;
    }
    float[] ordered = new float[values.length];
    for (int from = 0; from < values.length; from += each) {
      System.arraycopy(values, from, ordered, values.length - each - from, each);
    }
    return ordered;
  }

  private static float nudged(float value, SplittableRandom random) {
    return (float) (value * (1 + NUDGE * (2 * random.nextDouble() - 1)));
  }

  private static Batch reversed(Batch batch) {
    int image = batch.imageShape().elements();
    FloatBuffer pixels = batch.pixels();
    int[] labels = new int[batch.size()];
    float[] first = new float[image];
    for (int i = 0; i < batch.size(); i++) {
      labels[i] = batch.label(batch.size() - 1 - i);
    }
    for (int i = 0; i < batch.size() / 2; i++) {
      int last = (batch.size() - 1 - i) * image;
      pixels.get(i * image, first);
      pixels.put(i * image, pixels, last, image);
      pixels.put(last, first);
    }
    return new Batch(batch.size(), batch.imageShape(), pixels, labels);
  }
}
