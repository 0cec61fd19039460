package io.earlybird.model.file;

import io.earlybird.model.json.StrictJson;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The values of a network, or its momentum, as a safetensors file whose tensors are those of the
 * layout, in its order.
 *
 * <p>A file written by others may hold the tensors in another order, and the {@code
 * num_batches_tracked} counters of PyTorch, which are skipped.
 *
 * @param parameters the values
 * @param metadata texts
 * @param sha256 hash of the file, in hexadecimal
 */
public record ParametersFile(Parameters parameters, Map<String, String> metadata, String sha256) {

  /**
   * Writes values.
   *
   * @return SHA-256 of the file in hexadecimal
   */
  public static String write(OutputStream out, Parameters parameters, Map<String, String> metadata)
      throws IOException {
    Collection<ParameterLayout.Entry> entries = parameters.layout().entries();
    SafetensorsWriter writer =
        new SafetensorsWriter(out, entries.stream().map(ParametersFile::header).toList(), metadata);
    for (ParameterLayout.Entry entry : entries) {
      writer.append(parameters.slice(entry.name()));
    }
    return writer.finish();
  }

  /**
   * Reads values of a network.
   *
   * @param fileBytes length of the file, from its file system
   * @param layout layout of the network that the file must fit
   * @throws MalformedFileException if the file breaks the format
   * @throws IllegalArgumentException if tensors are missing, unknown or of another shape; the
   *     message names them
   */
  public static ParametersFile read(InputStream in, long fileBytes, ParameterLayout layout)
      throws IOException {
    SafetensorsReader reader = new SafetensorsReader(in, fileBytes);
    requireFit(reader.tensors(), layout);
    Parameters parameters = Parameters.zeros(layout);
    for (TensorHeader tensor : reader.tensors()) {
      if (isCounter(tensor)) {
        reader.read();
      } else {
        reader.read(parameters.slice(tensor.name()));
      }
    }
    return new ParametersFile(parameters, reader.metadata(), reader.finish());
  }

  private static boolean isCounter(TensorHeader tensor) {
    return tensor.name().endsWith(".num_batches_tracked");
  }

  private static TensorHeader header(ParameterLayout.Entry entry) {
    return new TensorHeader(entry.name(), Dtype.F32, entry.spec().shape());
  }

  private static void requireFit(List<TensorHeader> found, ParameterLayout layout) {
    List<TensorHeader> expected = layout.entries().stream().map(ParametersFile::header).toList();
    Set<TensorHeader> missing = new LinkedHashSet<>(expected);
    found.forEach(missing::remove);
    Set<TensorHeader> unknown = new LinkedHashSet<>(found);
    expected.forEach(unknown::remove);
    unknown.removeIf(ParametersFile::isCounter);
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot read parameters: the file is of another network. Missing "
              + summary(missing)
              + ", not expected "
              + summary(unknown));
    }
  }

  private static String summary(Set<TensorHeader> tensors) {
    List<String> first =
        tensors.stream()
            .limit(3)
            .map(t -> StrictJson.shown(t.name()) + " " + t.dtype() + t.shape())
            .toList();
    return tensors.size() + " tensors" + (first.isEmpty() ? "" : " " + first);
  }
}
