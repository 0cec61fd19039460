package io.earlybird.model.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole safetensors file in memory.
 *
 * <p>For what is large use {@link SafetensorsWriter} and {@link SafetensorsReader}.
 *
 * @param tensors by name, in file order
 * @param metadata texts
 * @param sha256 hash of the file, in hexadecimal
 */
public record Safetensors(
    Map<String, Tensor> tensors, Map<String, String> metadata, String sha256) {

  /**
   * Writes tensors in their order.
   *
   * @return SHA-256 of the file in hexadecimal
   * @throws IllegalArgumentException if a name is used twice
   */
  public static String write(OutputStream out, List<Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    SafetensorsWriter writer =
        new SafetensorsWriter(out, tensors.stream().map(Tensor::header).toList(), metadata);
    for (Tensor tensor : tensors) {
      writer.append(tensor.buffer());
    }
    return writer.finish();
  }

  /**
   * Reads a file to its end.
   *
   * @param fileBytes length of the file, from its file system
   * @throws MalformedFileException if it breaks the format
   */
  public static Safetensors read(InputStream in, long fileBytes) throws IOException {
    SafetensorsReader reader = new SafetensorsReader(in, fileBytes);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (TensorHeader header : reader.tensors()) {
      tensors.put(header.name(), reader.read());
    }
    return new Safetensors(tensors, reader.metadata(), reader.finish());
  }

  /**
   * The tensor of that name.
   *
   * @throws IllegalArgumentException if the file has none
   */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "Unknown tensor " + name + "; the file has " + tensors.keySet());
    }
    return tensor;
  }
}
