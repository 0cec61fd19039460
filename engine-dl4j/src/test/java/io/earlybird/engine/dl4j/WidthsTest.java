package io.earlybird.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.engine.dl4j.kernels.HostThreads;
import io.earlybird.engine.dl4j.onednn.OneDnnKernels;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Add;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Network;
import io.earlybird.model.reference.RandomBatches;
import io.earlybird.pruning.parity.NodeNetworks;
import io.earlybird.pruning.parity.Values;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

class WidthsTest {
  private static final StepRule RULE = StepRule.sgd(0.1, 0.9, 1e-2).withGammaL1(1e-2);

  @ParameterizedTest
  @CsvSource({"1,1", "2,8", "7,8", "8,8", "9,16", "16,16", "17,32", "37,48", "171,176", "64,64"})
  void oneDnnLikesHalfAVectorAndWholeOnes(int needed, int liked) {
    try (OneDnnKernels kernels = new OneDnnKernels(DataType.FLOAT, HostThreads.one())) {
      assertThat(kernels.likedChannels(needed)).isEqualTo(liked);
    }
  }

  @Test
  void imagesLogitsAndWhatMayBeAddedToImagesStayAsTheyAre() {
    Network network =
        NodeNetworks.around(
            "wide",
            5,
            5,
            new Convolution("two", "first", 2, 3, 1, 1),
            new Add("sum", List.of("two", "input")),
            new Convolution("seventeen", "sum", 17, 1, 1, 0));
    try (OneDnnKernels kernels = new OneDnnKernels(DataType.FLOAT, HostThreads.one())) {
      Widths widths = Widths.liked(network, kernels);
      assertThat(network.nodes().stream().map(node -> widths.of(node.name())))
          .containsExactly(2, 8, 2, 2, 32, 32, 3);
      Widths plain = Widths.plain(network);
      assertThat(network.nodes().stream().map(node -> plain.of(node.name())))
          .containsExactly(2, 4, 2, 2, 17, 17, 3);
    }
  }

  static Stream<Network> networks() {
    return NodeNetworks.all();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void valuesAndGradientsOfFurtherChannelsStayZeroOverSteps(Network network) {
    try (OneDnnKernels kernels = new OneDnnKernels(DataType.FLOAT, HostThreads.one());
        TrainableGraph graph = new TrainableGraph(network, Fusion.full(network), kernels)) {
      FlatParameters flat = graph.parameters();
      flat.load(Values.random(network));
      Update update = new Update(flat, Values.zeros(network).values(), HostThreads.one());
      for (int i = 0; i < 3; i++) {
        graph.backward(graph.forward(RandomBatches.of(network, 4, i), Mode.TRAINING));
        update.apply(RULE);
      }
      BitSet further = furtherEntries(flat);
      assertThat(further.stream().mapToObj(i -> flat.values().get(i))).allMatch(v -> v == 0);
      assertThat(further.stream().mapToObj(i -> flat.gradients().get(i))).allMatch(v -> v == 0);
      // all networks have a convolution to 4 channels that is wider here
      assertThat(further.isEmpty()).isFalse();
    }
  }

  private static BitSet furtherEntries(FlatParameters flat) {
    BitSet further = new BitSet();
    further.set(0, flat.values().capacity());
    for (Segment segment : flat.segments()) {
      for (int i = 0; i < segment.length(); i++) {
        further.clear(segment.flatIndex(i));
      }
    }
    return further;
  }
}
