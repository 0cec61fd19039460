package io.earlybird.spark.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.model.file.ParametersFile;
import io.earlybird.model.file.Safetensors;
import io.earlybird.model.file.Sha256;
import io.earlybird.model.file.Tensor;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.NetworkJson;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.store.FileStore;
import io.earlybird.spark.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The files of a checkpoint or ticket, each with its SHA-256 in the manifest under {@code
 * NAMESha256}.
 */
final class StateFiles {
  static final String PARAMETERS = "parameters";
  static final String MOMENTUM = "momentum";
  static final String POLICY = "policy";
  static final String OUTER = "outer";
  private static final String NETWORK = "network";

  private final FileStore directory;
  private final ObjectNode manifest;

  /**
   * Files of a directory.
   *
   * @param manifest receives the hashes on writing, and is compared with on reading
   */
  StateFiles(FileStore directory, ObjectNode manifest) {
    this.directory = directory;
    this.manifest = manifest;
  }

  private interface Writing {
    String to(OutputStream out) throws IOException;
  }

  private interface Reading<T> {
    T from(InputStream in, long fileBytes) throws IOException;
  }

  void write(Network network) {
    byte[] json = NetworkJson.write(network).getBytes(StandardCharsets.UTF_8);
    directory.write(NETWORK + ".json", out -> out.write(json));
    manifest.put(NETWORK + "Sha256", Sha256.of(json));
  }

  void write(String name, Parameters values) {
    write(name, out -> ParametersFile.write(out, values, Map.of()));
  }

  void write(String name, List<Tensor> tensors) {
    write(name, out -> Safetensors.write(out, tensors, Map.of()));
  }

  private void write(String name, Writing writing) {
    String[] hash = new String[1];
    directory.write(file(name), out -> hash[0] = writing.to(out));
    manifest.put(name + "Sha256", hash[0]);
  }

  Network readNetwork() {
    byte[] json = directory.read(NETWORK + ".json");
    requireHash(NETWORK, NETWORK + ".json", Sha256.of(json));
    return NetworkJson.read(new String(json, StandardCharsets.UTF_8));
  }

  Parameters readParameters(String name, ParameterLayout layout) {
    ParametersFile file = read(name, (in, fileBytes) -> ParametersFile.read(in, fileBytes, layout));
    requireHash(name, file(name), file.sha256());
    return file.parameters();
  }

  Safetensors readTensors(String name) {
    Safetensors file = read(name, Safetensors::read);
    requireHash(name, file(name), file.sha256());
    return file;
  }

  private <T> T read(String name, Reading<T> reading) {
    try (InputStream in = directory.open(file(name))) {
      return reading.from(in, directory.length(file(name)));
    } catch (IOException | StoreException | IllegalArgumentException e) {
      throw new DamagedException(file(name) + ": " + e.getMessage(), e);
    }
  }

  private void requireHash(String name, String file, String found) {
    String committed = manifest.path(name + "Sha256").asText();
    if (!committed.equals(found)) {
      throw new DamagedException(
          file + " has SHA-256 " + found + ", its manifest says " + committed);
    }
  }

  private static String file(String name) {
    return name + ".safetensors";
  }
}
