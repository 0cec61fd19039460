package io.earlybird.model.reference;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;

/** Batches of standard normal pixels and uniform labels, for tests. */
public final class RandomBatches {
  private RandomBatches() {}

  /** A batch that fits the network; equal seeds give equal batches. */
  public static Batch of(Network network, int size, long seed) {
    Random random = new Random(seed);
    Shape shape = network.imageShape();
    FloatBuffer pixels =
        ByteBuffer.allocateDirect(Float.BYTES * size * shape.elements())
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int i = 0; i < pixels.capacity(); i++) {
      pixels.put(i, (float) random.nextGaussian());
    }
    int[] labels = random.ints(size, 0, network.classes()).toArray();
    return new Batch(size, shape, pixels, labels);
  }
}
