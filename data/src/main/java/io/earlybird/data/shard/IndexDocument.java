package io.earlybird.data.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code index.json} as it is written; equal contents give equal bytes. */
record IndexDocument(
    int format, String source, long seed, long samples, List<String> classes, List<Shard> shards) {
  static final int FORMAT = 1;

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

  byte[] toBytes() {
    try {
      return (MAPPER.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the index of " + source + " as JSON", e);
    }
  }

  static IndexDocument parse(String file, byte[] bytes) throws ShardException {
    try {
      return MAPPER.readValue(new String(bytes, StandardCharsets.UTF_8), IndexDocument.class);
    } catch (JsonProcessingException e) {
      throw new ShardException(
          "Invalid " + file + ": " + e.getOriginalMessage() + "; make the shards again", e);
    }
  }
}
