package io.earlybird.spark.export;

import io.earlybird.data.image.Augmentation;
import io.earlybird.data.image.ImageSettings;
import io.earlybird.data.image.Normalization;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.network.Network;
import io.earlybird.pruning.parity.State;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.spark.run.InputDescription;
import io.earlybird.spark.run.TrainedNetwork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Networks of the parity suite as files. */
final class Exported {
  private Exported() {}

  static byte[] bytes(ExportFormat format, State state) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TrainingState training = TrainingState.initial(state.network(), state.values());
    format.write(new TrainedNetwork(training, input(state.network())), out);
    return out.toByteArray();
  }

  static InputDescription input(Network network) {
    List<String> classes =
        IntStream.range(0, network.classes()).mapToObj(label -> "class " + label).toList();
    return new InputDescription(
        new ImageSettings(network.imageShape().height(), Augmentation.NONE, Normalization.CIFAR),
        classes);
  }

  static Batch batch(Network network, int size) {
    int elements = size * network.imageShape().elements();
    FloatBuffer pixels =
        ByteBuffer.allocateDirect(elements * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    Random random = new Random(5);
    for (int i = 0; i < elements; i++) {
      pixels.put(i, (float) random.nextGaussian());
    }
    return new Batch(size, network.imageShape(), pixels, new int[size]);
  }
}
