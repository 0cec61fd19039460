package io.earlybird.spark.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Engines;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.file.SafetensorsReader;
import io.earlybird.model.file.TensorHeader;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.parity.NetworkCases;
import io.earlybird.pruning.parity.ParityCase;
import io.earlybird.pruning.parity.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

@Tag("own-jvm")
class ExportFormatTest {
  private static final double TOLERANCE = 1e-4;

  static Stream<ParityCase> narrow() {
    return NetworkCases.narrow();
  }

  /** Names and shapes of the network, which are torchvision's, and PyTorch's counters. */
  @Test
  void aSafetensorsFileHasTheKeysOfATorchvisionStateDictionary() throws IOException {
    Network network = Networks.named("resnet18", 1000, 32);
    byte[] file = Exported.bytes(ExportFormat.SAFETENSORS, State.of(ParityCase.dense(network, 1)));
    List<String> expected = new ArrayList<>();
    for (ParameterLayout.Entry entry : ParameterLayout.of(network).entries()) {
      expected.add(entry.name() + entry.spec().shape());
    }
    for (BatchNorm norm : network.nodes(BatchNorm.class)) {
      expected.add(norm.name() + ".num_batches_tracked[]");
    }
    List<TensorHeader> tensors =
        new SafetensorsReader(new ByteArrayInputStream(file), file.length).tensors();
    assertThat(tensors)
        .extracting(tensor -> tensor.name() + tensor.shape())
        .containsExactlyInAnyOrderElementsOf(expected)
        .contains("layer1.0.bn1.num_batches_tracked[]", "fc.weight[1000, 512]");
  }

  /** A file that DL4J reads by itself, without a class of this project. */
  @ParameterizedTest
  @MethodSource("narrow")
  void dl4jsOwnLayersComputeTheProbabilitiesOfTheEngine(ParityCase parity) throws IOException {
    State state = State.of(parity);
    Network network = state.network();
    Batch batch = Exported.batch(network, 2);
    byte[] file = Exported.bytes(ExportFormat.DL4J, state);
    assertThat(new String(file, StandardCharsets.ISO_8859_1)).startsWith("PK");
    ComputationGraph graph =
        ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(file));
    try (Replica replica =
        Engines.named("dl4j")
            .open(new ReplicaRequest(network, Device.cpu(), Precision.FLOAT32, 1))) {
      replica.load(state.values(), state.momentum());
      float[] logits = replica.logits(batch, Mode.EVALUATION);
      float[] found = graph.outputSingle(channelsFirst(batch)).ravel().toFloatVector();
      for (int row = 0; row < batch.size(); row++) {
        assertSoftmax(found, logits, row * network.classes(), network.classes());
      }
    }
  }

  private static void assertSoftmax(float[] found, float[] logits, int first, int classes) {
    double sum = 0;
    for (int i = first; i < first + classes; i++) {
      sum += Math.exp(logits[i]);
    }
    for (int i = first; i < first + classes; i++) {
      assertThat((double) found[i]).isCloseTo(Math.exp(logits[i]) / sum, within(TOLERANCE));
    }
  }

  private static INDArray channelsFirst(Batch batch) {
    float[] pixels = new float[batch.pixels().capacity()];
    batch.pixels().get(0, pixels);
    return Nd4j.create(
            pixels,
            new long[] {
              batch.size(),
              batch.imageShape().height(),
              batch.imageShape().width(),
              batch.imageShape().channels()
            },
            'c')
        .permute(0, 3, 1, 2)
        .dup('c');
  }
}
