package io.earlybird.spark.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Engines;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.network.Network;
import io.earlybird.pruning.parity.NetworkCases;
import io.earlybird.pruning.parity.ParityCase;
import io.earlybird.pruning.parity.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime beside the dl4j engine, for networks by all names, whole and cut. */
@Tag("own-jvm")
class OnnxFileTest {
  /** What the issue of exports asks for, on logits of the order of 1. */
  private static final double TOLERANCE = 1e-4;

  static Stream<ParityCase> narrowOrCut() {
    return Stream.concat(NetworkCases.narrow(), NetworkCases.cut());
  }

  static Stream<ParityCase> all() {
    return NetworkCases.all();
  }

  @ParameterizedTest
  @MethodSource("narrowOrCut")
  void onnxRuntimeComputesTheLogitsOfTheEngine(ParityCase parity) throws IOException {
    assertSameLogits(parity);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("all")
  void onnxRuntimeComputesTheLogitsOfAllNetworksByAllRules(ParityCase parity) throws IOException {
    assertSameLogits(parity);
  }

  private static void assertSameLogits(ParityCase parity) throws IOException {
    State state = State.of(parity);
    Batch batch = Exported.batch(state.network(), 3);
    float[] expected = logits(state, batch);
    float scale = 1;
    for (float logit : expected) {
      scale = Math.max(scale, Math.abs(logit));
    }
    try (OnnxFile file = OnnxFile.open(Exported.bytes(ExportFormat.ONNX, state), 1)) {
      float[] found = file.logits(batch);
      assertThat(found).hasSameSizeAs(expected);
      for (int i = 0; i < found.length; i++) {
        assertThat((double) found[i]).isCloseTo(expected[i], within(TOLERANCE * scale));
      }
      assertThat(file.logits(Exported.batch(state.network(), 1)))
          .hasSize(state.network().classes());
    }
  }

  private static float[] logits(State state, Batch batch) {
    Network network = state.network();
    try (Replica replica =
        Engines.named("dl4j")
            .open(new ReplicaRequest(network, Device.cpu(), Precision.FLOAT32, 1))) {
      replica.load(state.values(), state.momentum());
      return replica.logits(batch, Mode.EVALUATION);
    }
  }

  @Test
  void saysWhatToFeedItWith() throws IOException {
    State state = State.of(NetworkCases.narrow().findFirst().orElseThrow());
    try (OnnxFile file = OnnxFile.open(Exported.bytes(ExportFormat.ONNX, state), 1)) {
      assertThat(file.input()).isEqualTo(Exported.input(state.network()));
    }
  }

  @Test
  void refusesWhatIsNoOnnxFile() {
    byte[] text = "no ONNX file".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> OnnxFile.open(text, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Not a readable ONNX file");
  }
}
