package io.earlybird.spark.cli;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.network.Network;
import io.earlybird.model.random.Seeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/** Images of noise with random labels, in a direct buffer as the reader of shards has it. */
final class RandomBatch {
  private RandomBatch() {}

  static Batch of(Network network, int size) {
    SplittableRandom random = Seeds.random(1);
    int values = Math.multiplyExact(size, Math.toIntExact(network.imageShape().elements()));
    FloatBuffer pixels =
        ByteBuffer.allocateDirect(Math.multiplyExact(values, Float.BYTES))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int i = 0; i < values; i++) {
      pixels.put(i, (float) (4 * random.nextDouble() - 2));
    }
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = random.nextInt(network.classes());
    }
    return new Batch(size, network.imageShape(), pixels, labels);
  }
}
