package io.earlybird.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class JsonTest {
  /** Found by fuzzing: what stood in the place of the seal was hashed with the other fields. */
  @Test
  void aSealIsOfTheOtherFieldsWhateverStoodInItsPlace() {
    ObjectNode plain = Json.object().put("epoch", 7).put("phase", "search");
    ObjectNode marked = plain.deepCopy().put("manifestSha256", 1);

    assertThat(Json.unsealed(Json.sealed(plain))).isEqualTo(plain);
    assertThat(Json.unsealed(Json.sealed(marked))).isEqualTo(plain);
  }
}
