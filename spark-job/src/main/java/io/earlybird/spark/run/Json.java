package io.earlybird.spark.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.model.file.Sha256;
import io.earlybird.model.json.StrictJson;

/** JSON objects of this package. */
final class Json {
  private static final String SEAL = "manifestSha256";
  private static final ObjectMapper MAPPER = StrictJson.mapper().build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ObjectNode parse(String text) {
    try {
      return StrictJson.read(MAPPER, text, ObjectNode.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Invalid JSON: " + StrictJson.problem(e), e);
    }
  }

  static String pretty(ObjectNode node) {
    return node.toPrettyString() + "\n";
  }

  /**
   * The field of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static JsonNode require(JsonNode node, String field) {
    JsonNode value = node.get(field);
    if (value == null) {
      throw new IllegalArgumentException("Invalid JSON: field " + field + " is missing");
    }
    return value;
  }

  /**
   * The object as text, with the hash of all other fields under {@code manifestSha256}, whatever
   * stood there before.
   */
  static String sealed(ObjectNode node) {
    ObjectNode copy = node.deepCopy();
    copy.remove(SEAL);
    copy.put(SEAL, Sha256.of(copy.toString()));
    return pretty(copy);
  }

  /**
   * Parses an object that {@link #sealed} has written.
   *
   * @throws IllegalArgumentException if it is not as it was written
   */
  static ObjectNode unsealed(String text) {
    ObjectNode node = parse(text);
    String seal = require(node, SEAL).asText();
    node.remove(SEAL);
    if (!seal.equals(Sha256.of(node.toString()))) {
      throw new IllegalArgumentException("Invalid JSON: its content has another hash than " + SEAL);
    }
    return node;
  }
}
