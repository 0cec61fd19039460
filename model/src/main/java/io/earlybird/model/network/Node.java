package io.earlybird.model.network;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * One operation of a {@link Network}; it reads the outputs of the nodes that it names.
 *
 * <p>Nodes are values: they hold structure only. The tensors that a node owns live in {@code
 * Parameters}, found by the names that {@link #tensors} gives.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Input.class, name = "input"),
  @JsonSubTypes.Type(value = Convolution.class, name = "convolution"),
  @JsonSubTypes.Type(value = BatchNorm.class, name = "batch-norm"),
  @JsonSubTypes.Type(value = Relu.class, name = "relu"),
  @JsonSubTypes.Type(value = MaxPool.class, name = "max-pool"),
  @JsonSubTypes.Type(value = AveragePool.class, name = "average-pool"),
  @JsonSubTypes.Type(value = Add.class, name = "add"),
  @JsonSubTypes.Type(value = ChannelSelect.class, name = "channel-select"),
  @JsonSubTypes.Type(value = IndexedAdd.class, name = "indexed-add"),
  @JsonSubTypes.Type(value = Linear.class, name = "linear")
})
public sealed interface Node
    permits Input,
        Convolution,
        BatchNorm,
        Relu,
        MaxPool,
        AveragePool,
        Add,
        ChannelSelect,
        IndexedAdd,
        Linear {
  /** Unique name within the network; prefix of the names of the tensors. */
  String name();

  /** Names of the nodes whose outputs this node reads, in order. */
  List<String> sources();

  /**
   * Shape of the output.
   *
   * @param inputs shapes of the sources, in order
   * @throws IllegalArgumentException if the shapes do not fit this node
   */
  Shape outputShape(List<Shape> inputs);

  /** Tensors that this node owns, in the order of the parameter layout; empty for most nodes. */
  default List<TensorSpec> tensors(List<Shape> inputs) {
    return List.of();
  }

  /** The same node reading other sources; {@code newSources} has the length of {@link #sources}. */
  Node reading(List<String> newSources);
}
