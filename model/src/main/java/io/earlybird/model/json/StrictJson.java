package io.earlybird.model.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Mappers that take nothing for granted: a name twice, something after the end, a missing or null
 * field, a text where a number belongs, or a fraction where a whole number belongs is an error, and
 * so is a document that is nested deeper or has longer texts than any of ours.
 *
 * <p>The bytes of a document are limited by whoever reads its file.
 */
public final class StrictJson {
  /** Arrays and objects inside each other. */
  public static final int MAX_DEPTH = 64;

  /** Characters of a text. */
  public static final int MAX_TEXT = 1 << 20;

  /** Characters of a number. */
  public static final int MAX_NUMBER = 64;

  private static final int SHOWN = 200;

  private StrictJson() {}

  /** Starts a mapper. */
  public static JsonMapper.Builder mapper() {
    JsonFactory limited =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            .build();
    return JsonMapper.builder(limited)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
            DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL));
  }

  /**
   * Reads a document.
   *
   * @throws JsonProcessingException if it is not of that kind; a bare {@code null}, which Jackson
   *     takes for a document of every kind, is of none
   */
  public static <T> T read(ObjectMapper mapper, String json, Class<T> kind)
      throws JsonProcessingException {
    T document = mapper.readValue(json, kind);
    if (document == null) {
      throw MismatchedInputException.from(null, kind, "it is null, must be a JSON object");
    }
    return document;
  }

  /** What is wrong with a document, and where in it. */
  public static String problem(JsonProcessingException failure) {
    String problem = shown(failure.getOriginalMessage()) + field(failure);
    JsonLocation at = failure.getLocation();
    return at == null || at.getLineNr() < 1
        ? problem
        : problem + " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  /** The field that could not be read, for example {@code nodes[3].outChannels}. */
  private static String field(JsonProcessingException failure) {
    StringBuilder path = new StringBuilder();
    if (failure instanceof JsonMappingException mapping) {
      for (JsonMappingException.Reference step : mapping.getPath()) {
        if (step.getFieldName() == null) {
          path.append('[').append(step.getIndex()).append(']');
        } else {
          path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
        }
      }
    }
    return path.isEmpty() ? "" : " in " + shown(path);
  }

  /** A piece of a file as a message may hold it: one line, and not all of it where it is long. */
  public static String shown(Object piece) {
    String text = String.valueOf(piece);
    String start = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    return start.replaceAll("\\p{Cntrl}", "?");
  }
}
