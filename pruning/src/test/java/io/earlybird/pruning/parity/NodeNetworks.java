package io.earlybird.pruning.parity;

import io.earlybird.model.network.Add;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.ChannelSelect;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.IndexedAdd;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.MaxPool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Relu;
import io.earlybird.model.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Small networks, at least one for each node kind, with odd extents. */
public final class NodeNetworks {
  private NodeNetworks() {}

  /**
   * A network around some nodes.
   *
   * @param size extent of the images
   * @param extent extent of the last output, which is pooled to one pixel
   */
  public static Network around(String name, int size, int extent, Node... middle) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Input("input", new Shape(2, size, size)));
    nodes.add(new Convolution("first", "input", 4, 3, 1, 1, true));
    nodes.addAll(List.of(middle));
    String last = nodes.get(nodes.size() - 1).name();
    nodes.add(new AveragePool("avgpool", last, extent, 1, false));
    nodes.add(new Linear("fc", "avgpool", 3, Linear.Initial.UNIFORM_FAN_IN));
    return new Network(name, nodes);
  }

  /** One network for each node kind and combination that an engine may treat in its own way. */
  public static Stream<Network> all() {
    return Stream.of(
        around("convolution with bias", 5, 5),
        around("padded convolution", 5, 5, new Convolution("c", "first", 3, 3, 1, 1)),
        around("strided convolution", 6, 3, new Convolution("c", "first", 3, 3, 2, 1)),
        around("widely padded convolution", 4, 2, new Convolution("c", "first", 2, 5, 3, 3)),
        around("pointwise convolution", 7, 7, new Convolution("c", "first", 17, 1, 1, 0)),
        around("strided pointwise convolution", 5, 3, new Convolution("c", "first", 3, 1, 2, 0)),
        around("batch norm", 5, 5, new BatchNorm("bn", "first", 0.5)),
        around("batch norm and relu", 5, 5, new BatchNorm("bn", "first", 0.5), new Relu("r", "bn")),
        around("relu", 5, 5, new Relu("relu", "first")),
        around("max pool", 6, 3, new MaxPool("pool", "first", 3, 2, 1)),
        around("max pool that drops a border", 5, 2, new MaxPool("pool", "first", 2, 2, 0)),
        around("average pool", 6, 3, new AveragePool("pool", "first", 2, 2, true)),
        around("channel select", 5, 5, new ChannelSelect("select", "first", List.of(0, 2, 3))),
        sharedOutput(),
        indexedAdd(),
        preActivation(),
        bottleneck(),
        gates());
  }

  /** Convolutions with as many channels as engines may have algorithms of their own for. */
  public static Network wide() {
    return around(
        "wide convolutions",
        15,
        15,
        new Convolution("c1", "first", 64, 3, 1, 1),
        new BatchNorm("bn1", "c1", 1),
        new Relu("r1", "bn1"),
        new Convolution("c2", "r1", 67, 3, 1, 1),
        new BatchNorm("bn2", "c2", 1),
        new Relu("r2", "bn2"));
  }

  private static Network sharedOutput() {
    return around(
        "add of three, two of them one source away",
        5,
        5,
        new Convolution("c", "first", 4, 3, 1, 1),
        new Relu("r", "first"),
        new Add("add", List.of("c", "r", "first")),
        new Add("more", List.of("add", "r")),
        new Relu("last", "more"));
  }

  private static Network indexedAdd() {
    return around(
        "indexed add",
        5,
        5,
        new Convolution("c", "first", 2, 3, 1, 1),
        new IndexedAdd(
            "add",
            5,
            List.of(
                new IndexedAdd.Term("first", List.of(0, 1, 2, 4)),
                new IndexedAdd.Term("c", List.of(2, 3)))));
  }

  private static Network preActivation() {
    return around(
        "pre-activation block",
        6,
        3,
        new BatchNorm("bn1", "first", 1),
        new ChannelSelect("select", "bn1", List.of(1, 2)),
        new Relu("relu1", "select"),
        new Convolution("conv1", "relu1", 3, 3, 2, 1),
        new BatchNorm("bn2", "conv1", 0.5),
        new Relu("relu2", "bn2"),
        new Convolution("conv2", "relu2", 4, 1, 1, 0),
        new Convolution("shortcut", "first", 4, 1, 2, 0),
        new Add("add", List.of("conv2", "shortcut")));
  }

  private static Network bottleneck() {
    return around(
        "post-activation block",
        7,
        7,
        new BatchNorm("bn0", "first", 1),
        new Relu("stream", "bn0"),
        new Convolution("conv1", "stream", 3, 1, 1, 0),
        new BatchNorm("bn1", "conv1", 1),
        new Relu("relu1", "bn1"),
        new Convolution("conv2", "relu1", 4, 3, 1, 1),
        new BatchNorm("bn2", "conv2", 1),
        new Add("add", List.of("bn2", "stream")),
        new Relu("out", "add"));
  }

  /** Widths that fill no vector, beside one that does; terms narrower than their sum. */
  private static Network gates() {
    return around(
        "select and indexed add of odd widths",
        5,
        5,
        new Convolution("wide", "first", 19, 3, 1, 1),
        new BatchNorm("bn", "wide", 1),
        new Relu("relu", "bn"),
        new ChannelSelect("select", "relu", List.of(0, 3, 4, 7, 8, 9, 11, 13, 18)),
        new Convolution("narrow", "select", 16, 1, 1, 0),
        new IndexedAdd(
            "add",
            21,
            List.of(
                new IndexedAdd.Term("narrow", IntStream.range(5, 21).boxed().toList()),
                new IndexedAdd.Term("relu", IntStream.range(0, 19).boxed().toList()))));
  }
}
