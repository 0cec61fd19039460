package io.earlybird.data.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.earlybird.model.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code index.json} as it is written; equal contents give equal bytes. */
record IndexDocument(
    int format, String source, long seed, long samples, List<String> classes, List<Shard> shards) {
  static final int FORMAT = 1;

  /** The most that is read of the file: a few hundred thousand shards. */
  static final int MAX_BYTES = 1 << 26;

  private static final ObjectMapper MAPPER =
      StrictJson.mapper().enable(SerializationFeature.INDENT_OUTPUT).build();

  byte[] toBytes() {
    try {
      return (MAPPER.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the index of " + source + " as JSON", e);
    }
  }

  static IndexDocument parse(String file, byte[] bytes) throws ShardException {
    try {
      return StrictJson.read(
          MAPPER, new String(bytes, StandardCharsets.UTF_8), IndexDocument.class);
    } catch (JsonProcessingException e) {
      throw new ShardException(
          "Invalid " + file + ": " + StrictJson.problem(e) + "; make the shards again", e);
    }
  }
}
