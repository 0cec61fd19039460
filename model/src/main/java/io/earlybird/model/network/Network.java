package io.earlybird.model.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An immutable, named, acyclic graph of nodes, checked and with all shapes inferred.
 *
 * <p>Nodes stand in topological order; the first is the only {@link Input}, the last the {@link
 * Linear} classifier, whose output are the logits [N, classes].
 */
public final class Network {
  private final String name;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new LinkedHashMap<>();
  private final Map<String, List<String>> readers = new LinkedHashMap<>();
  private final List<Auxiliary> auxiliaries;

  /**
   * A network without auxiliary tensors, as {@link #Network(String, List, List)}.
   *
   * @param name architecture, for example {@code resnet50}
   * @param nodes in topological order
   */
  public Network(String name, List<Node> nodes) {
    this(name, nodes, List.of());
  }

  /**
   * Checks the graph and infers shapes.
   *
   * @param name architecture, for example {@code resnet50}
   * @param nodes in topological order
   * @param auxiliaries tensors that are trained with the network and belong to no node
   * @throws IllegalArgumentException if a name is used twice, a source is unknown or comes later,
   *     shapes do not fit, an output is never read, or the first and last nodes are not an input
   *     and a linear node
   */
  public Network(String name, List<Node> nodes, List<Auxiliary> auxiliaries) {
    this.name = name;
    this.auxiliaries = List.copyOf(auxiliaries);
    if (nodes.isEmpty() || !(nodes.get(0) instanceof Input)) {
      throw new IllegalArgumentException(
          "Invalid network " + name + ": the first node must be the input");
    }
    if (!(nodes.get(nodes.size() - 1) instanceof Linear)) {
      throw new IllegalArgumentException(
          "Invalid network " + name + ": the last node must be the linear classifier");
    }
    nodes.forEach(this::add);
    requireEveryOutputRead();
  }

  private void add(Node node) {
    if (node instanceof Input && !nodes.isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid network " + name + ": second input " + node.name());
    }
    if (nodes.putIfAbsent(node.name(), node) != null) {
      throw new IllegalArgumentException(
          "Invalid network " + name + ": two nodes are named " + node.name());
    }
    List<Shape> inputs = new ArrayList<>();
    for (String source : node.sources()) {
      Shape shape = shapes.get(source);
      if (shape == null) {
        throw new IllegalArgumentException(
            "Invalid network "
                + name
                + ": "
                + node.name()
                + " reads "
                + source
                + ", which no earlier node provides");
      }
      inputs.add(shape);
      readers.get(source).add(node.name());
    }
    shapes.put(node.name(), node.outputShape(inputs));
    readers.put(node.name(), new ArrayList<>());
  }

  private void requireEveryOutputRead() {
    String output = output().name();
    for (Map.Entry<String, List<String>> entry : readers.entrySet()) {
      if (entry.getValue().isEmpty() != entry.getKey().equals(output)) {
        throw new IllegalArgumentException(
            "Invalid network "
                + name
                + ": the output of "
                + entry.getKey()
                + " is read by "
                + entry.getValue());
      }
    }
  }

  /** Architecture name. */
  public String name() {
    return name;
  }

  /** All nodes in topological order. */
  public List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  /** Tensors that are trained with the network and belong to no node; mostly none. */
  public List<Auxiliary> auxiliaries() {
    return auxiliaries;
  }

  /** The same nodes with other auxiliary tensors. */
  public Network withAuxiliaries(List<Auxiliary> tensors) {
    return new Network(name, nodes(), tensors);
  }

  /** All nodes of one kind, in topological order. */
  public <T extends Node> List<T> nodes(Class<T> kind) {
    return nodes.values().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /**
   * The node of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Node node(String nodeName) {
    Node node = nodes.get(nodeName);
    if (node == null) {
      throw new IllegalArgumentException("Unknown node " + nodeName + " in network " + name);
    }
    return node;
  }

  /** Shape [C, H, W] of the output of a node. */
  public Shape shape(String nodeName) {
    return shapes.get(node(nodeName).name());
  }

  /** Shapes of the sources of a node, in order. */
  public List<Shape> inputShapes(Node node) {
    return node.sources().stream().map(shapes::get).toList();
  }

  /** Names of the nodes that read the output of a node, in topological order. */
  public List<String> readers(String nodeName) {
    return List.copyOf(readers.get(node(nodeName).name()));
  }

  /** The input node. */
  public Input input() {
    return nodes(Input.class).get(0);
  }

  /** The classifier, the last node. */
  public Linear output() {
    List<Linear> linears = nodes(Linear.class);
    return linears.get(linears.size() - 1);
  }

  /** Shape [C, H, W] of one image. */
  public Shape imageShape() {
    return input().shape();
  }

  /** Number of classes. */
  public int classes() {
    return output().outFeatures();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network that
        && name.equals(that.name)
        && nodes().equals(that.nodes())
        && auxiliaries.equals(that.auxiliaries);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + nodes.hashCode();
  }

  @Override
  public String toString() {
    return name + " " + imageShape() + " -> " + classes() + " (" + nodes.size() + " nodes)";
  }
}
