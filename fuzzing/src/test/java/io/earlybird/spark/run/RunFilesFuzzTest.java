package io.earlybird.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunFilesFuzzTest {
  private static final String MANIFEST =
      """
      {"format":1,"epoch":7,"round":3,"generation":1,"phase":"retrain","fingerprint":"f00d",
      "engine":{"name":"dl4j","build":"1","instructionSets":["avx2"]},
      "images":{"size":4,"augmentation":"pad-crop","mean":[0.1,0.2,0.3],"deviation":[1,1,1]},
      "classes":["cat"],"policy":{},"partialEpoch":{"steps":1,"samples":2,"lossSum":0.5,
      "correct":1,"undecodable":0,"seconds":{"compute":1.5}},
      "events":[{"type":"ticket","time":"1970-01-01T00:00:00Z","epoch":7,"ratio":0.5,
      "detector":"consecutive","distances":[0.1]},
      {"type":"epoch","time":"1970-01-01T00:00:01Z","epoch":1,"phase":"search","generation":0,
      "learningRate":0.1,"trainLoss":1.0,"trainTop1":0.5,"validationLoss":1.0,"validationTop1":0.5,
      "maskDistance":{"0.5":0.3},"imagesPerSecond":10.0,"seconds":{"total":1.0,"compute":1.0,
      "data":0.0,"broadcast":0.0,"average":0.0,"evaluate":0.0,"mask":0.0,"checkpoint":0.0},
      "parameters":5,"paperFlopsPerImage":6,"trainingPaperFlops":7}]}
      """;
  private static final String CONFIG =
      """
      {"identity":{"run.seed":"1"},"engine":{"name":"dl4j","build":"1"},
      "earlybird":{"run":{"epochs":3}}}
      """;
  private static final String ATTEMPT =
      """
      {"host":"h","machine":"m","pid":7,"processStart":"1970-01-01T00:00:00Z","user":"u",
      "begun":"1970-01-01T00:00:00Z","heartbeatMillis":10000}
      """;

  static Stream<Arguments> seeds() {
    return Stream.of(MANIFEST, CONFIG, ATTEMPT)
        .map(json -> Arguments.of((Object) json.getBytes(StandardCharsets.UTF_8)));
  }

  @MethodSource("seeds")
  @FuzzTest
  void everyPartIsReadOrRefused(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    ObjectNode json;
    try {
      json = Json.parse(text);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    List<Consumer<ObjectNode>> readers =
        List.of(
            Manifest::requireReadable,
            Manifest::phase,
            Manifest::partial,
            Manifest::events,
            Manifest::instructionSets,
            InputDescription::read,
            AttemptRecord::read,
            object -> ConfigFile.parse(text));
    for (Consumer<ObjectNode> reader : readers) {
      try {
        reader.accept(json);
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    ObjectNode sealed = Json.unsealed(Json.sealed(json));
    assertThat(sealed.has("manifestSha256")).isFalse();
  }
}
