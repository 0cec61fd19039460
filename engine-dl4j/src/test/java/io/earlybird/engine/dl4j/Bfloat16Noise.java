package io.earlybird.engine.dl4j;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.parameters.Parameters;
import java.nio.FloatBuffer;
import java.util.Random;

/** Moves values as far as one rounding to bfloat16 may, in a random direction. */
final class Bfloat16Noise {
  /**
   * A rounding to 8 significant bits moves a value by up to 2^-8 of itself; evenly distributed, its
   * root mean square is 2^-8 / sqrt(3) for a significand near 1 and half of that near 2.
   */
  static final double ROUNDING = 0x1p-9;

  private Bfloat16Noise() {}

  /** New parameters, each moved by a normally distributed multiple of {@link #ROUNDING}. */
  static Parameters moved(Parameters parameters, int seed) {
    Random random = new Random(seed);
    Parameters moved = Parameters.zeros(parameters.layout());
    for (int i = 0; i < moved.values().length; i++) {
      moved.values()[i] = moved(parameters.values()[i], random);
    }
    return moved;
  }

  /** The batch with each pixel moved by a normally distributed multiple of {@link #ROUNDING}. */
  static Batch moved(Batch batch, int seed) {
    Random random = new Random(seed);
    FloatBuffer pixels = FloatBuffer.allocate(batch.size() * batch.imageShape().elements());
    for (int i = 0; i < pixels.capacity(); i++) {
      pixels.put(i, moved(batch.pixels().get(i), random));
    }
    int[] labels = new int[batch.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = batch.label(i);
    }
    return new Batch(batch.size(), batch.imageShape(), pixels, labels);
  }

  private static float moved(float value, Random random) {
    return (float) (value * (1 + ROUNDING * random.nextGaussian()));
  }
}
