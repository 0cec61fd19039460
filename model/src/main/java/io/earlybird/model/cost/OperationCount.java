package io.earlybird.model.cost;

import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Network;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Cost of a network for one image, forward, node by node and in total.
 *
 * <p>After surgery the actual widths are counted (specification 2.9). A batch norm before a read
 * gate counts its full width, as the official numbers do.
 *
 * @param nodes every node in topological order
 * @param batchNormChannels sum of the widths of all batch norms, N of specification 1.2
 */
public record OperationCount(List<NodeCost> nodes, long batchNormChannels) {
  /** A training step costs a forward pass and a backward pass of twice its cost. */
  public static final int TRAINING_FACTOR = 3;

  public OperationCount {
    nodes = List.copyOf(nodes);
  }

  /** Counts a network. */
  public static OperationCount of(Network network) {
    return new OperationCount(
        network.nodes().stream().map(node -> NodeCost.of(node, network)).toList(),
        network.nodes(BatchNorm.class).stream()
            .mapToLong(node -> network.shape(node.name()).channels())
            .sum());
  }

  /** Trainable values. */
  public long parameters() {
    return total(NodeCost::parameters);
  }

  /** Multiply-accumulates of convolutions and linear layers. */
  public long macs() {
    return total(NodeCost::macs);
  }

  /** Operations as the paper's tool counts them. */
  public long paperFlops() {
    return total(NodeCost::paperFlops);
  }

  /** Values that the nodes put out for one image; a training step that saves nothing keeps all. */
  public long activationValues() {
    return total(node -> node.outputShape().elements());
  }

  private long total(ToLongFunction<NodeCost> cost) {
    return nodes.stream().mapToLong(cost).sum();
  }
}
