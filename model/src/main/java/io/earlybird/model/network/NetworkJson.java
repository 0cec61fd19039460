package io.earlybird.model.network;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earlybird.model.json.StrictJson;
import java.util.List;

/**
 * JSON form of a {@link Network}: {@code {"format": 1, "name": ..., "nodes": [{"kind": ..., "name":
 * ...}, ...]}}, with {@code "auxiliaries": [{"name": ..., "length": ..., "initial": ...}, ...]}
 * where there are any.
 */
public final class NetworkJson {
  private static final int FORMAT = 1;
  private static final ObjectMapper MAPPER =
      StrictJson.mapper()
          .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
          .build();

  private record Document(int format, String name, List<Node> nodes) {
    Extended extended() {
      return new Extended(format, name, nodes, List.of());
    }
  }

  /** What is written where there are auxiliary tensors. */
  private record Extended(int format, String name, List<Node> nodes, List<Auxiliary> auxiliaries) {}

  private NetworkJson() {}

  /** The network as JSON; equal networks give equal text. */
  public static String write(Network network) {
    try {
      return MAPPER
          .writerFor(
              network.auxiliaries().isEmpty()
                  ? new TypeReference<Document>() {}
                  : new TypeReference<Extended>() {})
          .writeValueAsString(
              network.auxiliaries().isEmpty()
                  ? new Document(FORMAT, network.name(), network.nodes())
                  : new Extended(FORMAT, network.name(), network.nodes(), network.auxiliaries()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write network " + network + " as JSON", e);
    }
  }

  /**
   * Reads and checks a network.
   *
   * @throws IllegalArgumentException if the text is no valid network; the message says where
   */
  public static Network read(String json) {
    try {
      Extended document = document(json);
      if (document.format() != FORMAT) {
        throw new IllegalArgumentException(
            "Cannot read network: format " + document.format() + ", this version reads " + FORMAT);
      }
      return new Network(document.name(), document.nodes(), document.auxiliaries());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Invalid network JSON: " + StrictJson.problem(e), e);
    }
  }

  private static Extended document(String json) throws JsonProcessingException {
    return MAPPER.readTree(json).has("auxiliaries")
        ? StrictJson.read(MAPPER, json, Extended.class)
        : StrictJson.read(MAPPER, json, Document.class).extended();
  }
}
