package io.earlybird.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {
  private static final ObjectMapper MAPPER = StrictJson.mapper().build();

  private record Size(int width, double height) {}

  @Test
  void aDocumentIsRead() throws JsonProcessingException {
    String json = "{\"width\": 7, \"height\": 2}";
    assertThat(StrictJson.read(MAPPER, json, Size.class)).isEqualTo(new Size(7, 2));
    assertThat(StrictJson.read(MAPPER, json, ObjectNode.class)).isEqualTo(MAPPER.readTree(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null | it is null, must be a JSON object",
        "{\"width\":null,\"height\":2} | width",
        "{\"width\":7} | height",
        "{\"width\":7.5,\"height\":2} | in width",
        "{\"width\":\"7\",\"height\":2} | in width",
        "{\"width\":7,\"width\":7,\"height\":2} | Duplicate field 'width'",
        "{\"width\":7,\"height\":2,\"depth\":1} | depth",
        "{\"width\":7,\"height\":2} 1 | Trailing token",
        "[7] | at line 1, column 1",
        "7 | at line 1, column 1",
      })
  void whatIsNoneIsToldWithItsPlace(String json, String problem) {
    JsonProcessingException failure =
        catchThrowableOfType(
            JsonProcessingException.class, () -> StrictJson.read(MAPPER, json, Size.class));
    assertThat(StrictJson.problem(failure)).contains(problem);
  }

  @Test
  void nullIsNoObjectEither() {
    JsonProcessingException failure =
        catchThrowableOfType(
            JsonProcessingException.class, () -> StrictJson.read(MAPPER, "null", ObjectNode.class));
    assertThat(StrictJson.problem(failure)).isEqualTo("it is null, must be a JSON object");
  }
}
