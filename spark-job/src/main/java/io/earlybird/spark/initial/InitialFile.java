package io.earlybird.spark.initial;

import io.earlybird.model.file.SafetensorsReader;
import io.earlybird.model.file.Tensor;
import io.earlybird.model.file.TensorHeader;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.averaging.Halves;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Set;

/**
 * A safetensors file with the values of a network under torchvision's names, in float32, float16 or
 * bfloat16. Tensors {@code *.num_batches_tracked} are passed over.
 *
 * @param network whose values are looked for
 * @param classifier names of the tensors of its last layer
 * @param omitted names of tensors that are not read, whatever the file has of them
 */
record InitialFile(Network network, Set<String> classifier, Set<String> omitted) {
  private static final int UPPER_HALF = 16;

  InitialFile {
    classifier = Set.copyOf(classifier);
    omitted = Set.copyOf(omitted);
  }

  /**
   * Reads the file to its end.
   *
   * @param fileBytes length of the file, from its file system
   * @param into receives all values but the omitted ones
   * @return SHA-256 of the file, in hexadecimal
   * @throws IllegalArgumentException if tensors are missing, surplus or of another shape, or if a
   *     value is not finite
   */
  String read(InputStream in, long fileBytes, Parameters into) throws IOException {
    SafetensorsReader reader = new SafetensorsReader(in, fileBytes);
    ParameterLayout layout = into.layout();
    TensorFit.of(reader.tensors(), layout, omitted).requireFits(network, classifier);
    for (TensorHeader tensor : reader.tensors()) {
      if (layout.has(tensor.name()) && !omitted.contains(tensor.name())) {
        FloatBuffer values = into.slice(tensor.name());
        read(reader, tensor, values.duplicate());
        requireFinite(tensor, values);
      } else {
        reader.read();
      }
    }
    return reader.finish();
  }

  private static void read(SafetensorsReader reader, TensorHeader tensor, FloatBuffer into)
      throws IOException {
    switch (tensor.dtype()) {
      case F32 -> reader.read(into);
      case F16 -> {
        ShortBuffer halves = halves(reader.read());
        while (into.hasRemaining()) {
          into.put(Halves.fromFloat16(halves.get()));
        }
      }
      case BF16 -> {
        ShortBuffer halves = halves(reader.read());
        while (into.hasRemaining()) {
          into.put(Float.intBitsToFloat(halves.get() << UPPER_HALF));
        }
      }
      case F64, I64, U8 ->
          throw new IllegalStateException("Cannot take " + tensor + " for values of a network");
    }
  }

  private static ShortBuffer halves(Tensor tensor) {
    return ByteBuffer.wrap(tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
  }

  private static void requireFinite(TensorHeader tensor, FloatBuffer values) {
    for (int i = 0; i < values.limit(); i++) {
      if (!Float.isFinite(values.get(i))) {
        throw new IllegalArgumentException(
            "value %d of tensor %s is %s; all have to be finite"
                .formatted(i, tensor.name(), values.get(i)));
      }
    }
  }
}
