package io.earlybird.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.network.Add;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.NormalizedProducts;
import io.earlybird.model.network.Relu;
import io.earlybird.pruning.parity.NodeNetworks;
import io.earlybird.pruning.parity.Parity;
import io.earlybird.pruning.parity.ParityCase;
import io.earlybird.pruning.surgery.GroupRule;
import io.earlybird.pruning.surgery.MinimumWidth;
import io.earlybird.pruning.surgery.SurgeryOptions;
import io.earlybird.pruning.surgery.Zeroed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Batch norms that the engine trains from the covariance of what their product reads. */
class NormalizedProductsParityTest {
  private Replica open(Network network) {
    return new TorchEngine().open(ReplicaRequest.cpu(network));
  }

  static Stream<Network> networks() {
    return Stream.of(projectionFirst(), projectionLast(), ofTheImage());
  }

  static Stream<ParityCase> cut() {
    return Stream.of(GroupRule.INNER_ONLY, GroupRule.UNION, GroupRule.SCATTER)
        .map(rule -> new SurgeryOptions(rule, Zeroed.FROZEN, MinimumWidth.KEEP_LARGEST, 1))
        .map(surgery -> ParityCase.cut(projectionFirst(), surgery, 6, 6, 3));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void twentyStepsAgreeWithTheReferenceEngine(Network network) {
    assertThat(NormalizedProducts.of(network)).isNotEmpty();
    Parity.ofTraining(this::open, 1, 20)
        .assertAgreesWithReference(ParityCase.dense(network, 6, 6, 3));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void oneImageAgreesWithTheReferenceEngine(Network network) {
    Parity.ofTraining(this::open, 1, 3).assertAgreesWithReference(ParityCase.dense(network, 1));
  }

  @ParameterizedTest
  @MethodSource("cut")
  void twentyStepsOfCutNetworksAgreeWithTheReferenceEngine(ParityCase parity) {
    Parity.ofTraining(this::open, 1, 20).assertAgreesWithReference(parity);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyActivationAgreesWithTheReferenceEngine(Network network) {
    Parity.ofActivations(this::open).assertAgreesWithReference(ParityCase.dense(network, 6));
  }

  /** On its way back the projection adds to what the branch has sent. */
  private static Network projectionFirst() {
    List<Node> nodes = new ArrayList<>(stream());
    nodes.addAll(projection());
    nodes.addAll(branch("a.", "stream", 12));
    nodes.add(new Add("a.add", List.of("a.bn3", "projection.bn")));
    nodes.addAll(identity());
    return NodeNetworks.around("bottlenecks", 7, 7, nodes.toArray(Node[]::new));
  }

  /** On its way back the branch adds to what the projection has sent. */
  private static Network projectionLast() {
    List<Node> nodes = new ArrayList<>(stream());
    nodes.addAll(branch("a.", "stream", 12));
    nodes.addAll(projection());
    nodes.add(new Add("a.add", List.of("a.bn3", "projection.bn")));
    nodes.addAll(identity());
    return NodeNetworks.around("bottlenecks, branch first", 7, 7, nodes.toArray(Node[]::new));
  }

  /** A product of the image, whose gradient nobody wants, beside one whose sum is not rectified. */
  private static Network ofTheImage() {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Convolution("image", "input", 9, 1, 1, 0));
    nodes.add(new BatchNorm("image.bn", "image", 1));
    nodes.addAll(branch("a.", "first", 9));
    nodes.add(new Add("add", List.of("image.bn", "a.bn3")));
    return NodeNetworks.around("product of the image", 7, 7, nodes.toArray(Node[]::new));
  }

  private static List<Node> stream() {
    return List.of(new BatchNorm("bn0", "first", 1), new Relu("stream", "bn0"));
  }

  private static List<Node> projection() {
    return List.of(
        new Convolution("projection", "stream", 12, 1, 1, 0),
        new BatchNorm("projection.bn", "projection", 1));
  }

  private static List<Node> identity() {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Relu("a.out", "a.add"));
    nodes.addAll(branch("b.", "a.out", 12));
    nodes.add(new Add("b.add", List.of("b.bn3", "a.out")));
    nodes.add(new Relu("b.out", "b.add"));
    return nodes;
  }

  private static List<Node> branch(String name, String source, int out) {
    return List.of(
        new Convolution(name + "conv1", source, 3, 1, 1, 0),
        new BatchNorm(name + "bn1", name + "conv1", 1),
        new Relu(name + "relu1", name + "bn1"),
        new Convolution(name + "conv2", name + "relu1", 5, 3, 1, 1),
        new BatchNorm(name + "bn2", name + "conv2", 1),
        new Relu(name + "relu2", name + "bn2"),
        new Convolution(name + "conv3", name + "relu2", out, 1, 1, 0),
        new BatchNorm(name + "bn3", name + "conv3", 1));
  }
}
