package io.earlybird.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
  private static final Input INPUT = new Input("input", new Shape(3, 8, 8));

  /** The nodes between the input and a pooled classifier. */
  private static Network network(Node... middle) {
    List<Node> nodes = new ArrayList<>(List.of(INPUT));
    nodes.addAll(List.of(middle));
    nodes.add(new AveragePool("pool", nodes.get(nodes.size() - 1).name(), 8, 1, false));
    nodes.add(new Linear("fc", "pool", 5, Linear.Initial.UNIFORM_FAN_IN));
    return new Network("small", nodes);
  }

  private static Convolution same(String name, String source, int channels) {
    return new Convolution(name, source, channels, 3, 1, 1);
  }

  @Test
  void shapesFollowTheGraph() {
    Network network =
        network(
            same("a", "input", 4),
            new ChannelSelect("select", "a", List.of(1, 3)),
            same("b", "a", 2),
            new Add("add", List.of("select", "b")),
            new IndexedAdd(
                "indexed",
                6,
                List.of(
                    new IndexedAdd.Term("add", List.of(0, 5)),
                    new IndexedAdd.Term("a", List.of(1, 2, 3, 4)))));
    assertThat(network.shape("a")).isEqualTo(new Shape(4, 8, 8));
    assertThat(network.shape("select")).isEqualTo(new Shape(2, 8, 8));
    assertThat(network.shape("indexed")).isEqualTo(new Shape(6, 8, 8));
    assertThat(network.shape("pool")).isEqualTo(new Shape(6, 1, 1));
    assertThat(network.shape("fc")).isEqualTo(new Shape(5, 1, 1));
    assertThat(network.readers("a")).containsExactly("select", "b", "indexed");
    assertThat(network.inputShapes(network.node("add")))
        .containsExactly(new Shape(2, 8, 8), new Shape(2, 8, 8));
  }

  @ParameterizedTest
  @CsvSource({
    "224, 7, 2, 3, 112",
    "112, 3, 2, 1, 56",
    "56, 1, 2, 0, 28",
    "32, 3, 1, 1, 32",
    "7, 3, 2, 1, 4",
    "2, 2, 2, 0, 1"
  })
  void windowsRoundDown(int in, int kernel, int stride, int padding, int out) {
    assertThat(Window.extent("w", in, kernel, stride, padding)).isEqualTo(out);
  }

  @Test
  void theFirstNodeMustBeTheInputAndTheLastTheClassifier() {
    assertThatThrownBy(() -> new Network("none", List.of()))
        .hasMessage("Invalid network none: the first node must be the input");
    assertThatThrownBy(() -> new Network("open", List.of(INPUT, same("a", "input", 2))))
        .hasMessageContaining("the last node must be the linear classifier");
  }

  @Test
  void aSecondInputIsRefused() {
    assertThatThrownBy(() -> network(new Input("other", new Shape(1, 8, 8))))
        .hasMessage("Invalid network small: second input other");
  }

  @Test
  void aNameUsedTwiceIsRefused() {
    assertThatThrownBy(() -> network(same("a", "input", 2), same("a", "a", 2)))
        .hasMessage("Invalid network small: two nodes are named a");
  }

  @Test
  void aSourceThatComesLaterIsRefused() {
    assertThatThrownBy(() -> network(same("a", "b", 2), same("b", "input", 2)))
        .hasMessage("Invalid network small: a reads b, which no earlier node provides");
  }

  @Test
  void anOutputThatNobodyReadsIsRefused() {
    assertThatThrownBy(() -> network(same("lost", "input", 2), same("b", "input", 2)))
        .hasMessage("Invalid network small: the output of lost is read by []");
  }

  @Test
  void sumsOfDifferentShapesAreRefused() {
    assertThatThrownBy(
            () ->
                network(
                    same("a", "input", 2),
                    same("b", "input", 3),
                    new Add("add", List.of("a", "b"))))
        .hasMessage("Cannot add in add: sources [a, b] have shapes [[2, 8, 8], [3, 8, 8]]");
  }

  @Test
  void anIndexedTermMustHaveOneChannelForEachIndex() {
    assertThatThrownBy(
            () ->
                network(
                    same("a", "input", 2),
                    new IndexedAdd("add", 4, List.of(new IndexedAdd.Term("a", List.of(0, 1, 3))))))
        .hasMessage("Cannot add in add: source a has shape [2, 8, 8], expected [3, 8, 8]");
  }

  @Test
  void channelListsMustAscendAndLieWithin() {
    assertThatThrownBy(() -> new ChannelSelect("s", "a", List.of(2, 2)))
        .hasMessage("Invalid channels of s: 2 after 2 is not ascending");
    assertThatThrownBy(() -> new ChannelSelect("s", "a", List.of()))
        .hasMessage("Invalid channels of s: the list is empty");
    assertThatThrownBy(
            () -> network(same("a", "input", 2), new ChannelSelect("s", "a", List.of(0, 2))))
        .hasMessage("Invalid channels of s: index 2, but only 2 channels are there");
  }

  @Test
  void aClassifierNeedsOnePixel() {
    List<Node> nodes = List.of(INPUT, new Linear("fc", "input", 5, Linear.Initial.UNIFORM_FAN_IN));
    assertThatThrownBy(() -> new Network("wide", nodes))
        .hasMessage("Cannot connect linear fc to [3, 8, 8]: pool to [3, 1, 1] first");
  }

  @Test
  void windowsLargerThanTheImageAreRefused() {
    assertThatThrownBy(() -> network(new MaxPool("m", "input", 10, 1, 0)))
        .hasMessageContaining("Invalid input of m: extent 8");
  }

  @Test
  void anUnknownNodeIsNamed() {
    assertThatThrownBy(() -> network(same("a", "input", 2)).shape("z"))
        .hasMessage("Unknown node z in network small");
  }

  @Test
  void nodesReadOtherSourcesOnRequest() {
    List<Node> nodes =
        List.of(
            same("a", "x", 2),
            new BatchNorm("b", "x", 0.5),
            new Relu("c", "x"),
            new MaxPool("d", "x", 3, 2, 1),
            new AveragePool("e", "x", 2, 2, true),
            new ChannelSelect("f", "x", List.of(0)),
            new Linear("g", "x", 3, Linear.Initial.NORMAL_001));
    for (Node node : nodes) {
      Node moved = node.reading(List.of("y"));
      assertThat(moved.sources()).containsExactly("y");
      assertThat(moved.reading(List.of("x"))).isEqualTo(node);
    }
    assertThat(new Add("h", List.of("x", "y")).reading(List.of("p", "q")).sources())
        .containsExactly("p", "q");
  }
}
