package io.earlybird.spark.batches;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;

/** Images of Gaussian noise with random labels, the same for everybody who asks for as many. */
public final class NoiseBatch {
  private static final long SEED = 1;

  private NoiseBatch() {}

  /** A batch of that many images, in a direct buffer. */
  public static Batch of(Network network, int size) {
    Random random = new Random(SEED);
    Shape shape = network.imageShape();
    int values = Math.multiplyExact(size, shape.elements());
    FloatBuffer pixels =
        ByteBuffer.allocateDirect(Math.multiplyExact(values, Float.BYTES))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int i = 0; i < values; i++) {
      pixels.put(i, (float) random.nextGaussian());
    }
    return new Batch(size, shape, pixels, random.ints(size, 0, network.classes()).toArray());
  }
}
