package io.earlybird.model.cost;

import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.MaxPool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Relu;
import io.earlybird.model.network.Shape;
import io.earlybird.model.network.TensorSpec;
import java.util.List;
import java.util.Locale;

/**
 * Cost of one node for one image, forward.
 *
 * @param name of the node
 * @param kind as in the JSON of a network, for example {@code batch-norm}
 * @param outputShape [C, H, W]
 * @param parameters trainable values
 * @param macs multiply-accumulates of convolutions and linear layers, (M) of specification 7.1
 * @param paperFlops operations as the paper's tool counts them, (T) of specification 7.1
 */
public record NodeCost(
    String name, String kind, Shape outputShape, long parameters, long macs, long paperFlops) {

  static NodeCost of(Node node, Network network) {
    List<Shape> inputs = network.inputShapes(node);
    Shape out = network.shape(node.name());
    long parameters =
        node.tensors(inputs).stream()
            .filter(spec -> spec.role().trainable())
            .mapToLong(TensorSpec::length)
            .sum();
    return new NodeCost(
        node.name(),
        kind(node),
        out,
        parameters,
        macs(node, inputs, out),
        flops(node, inputs, out));
  }

  private static String kind(Node node) {
    String words = node.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-");
    return words.toLowerCase(Locale.ROOT);
  }

  private static long macs(Node node, List<Shape> inputs, Shape out) {
    if (node instanceof Convolution convolution) {
      long window = (long) convolution.kernel() * convolution.kernel();
      return window * inputs.get(0).channels() * out.elements();
    }
    return node instanceof Linear ? (long) inputs.get(0).channels() * out.channels() : 0;
  }

  /** Joins, channel selection and uncounted pools cost nothing in this convention. */
  private static long flops(Node node, List<Shape> inputs, Shape out) {
    long elements = out.elements();
    if (node instanceof Convolution convolution) {
      return 2 * macs(node, inputs, out) + (convolution.bias() ? elements : 0);
    } else if (node instanceof Linear) {
      return 2 * macs(node, inputs, out) + elements;
    } else if (node instanceof BatchNorm) {
      return 2 * elements;
    } else if (node instanceof Relu) {
      return elements;
    } else if (node instanceof MaxPool pool) {
      return elements * pool.kernel() * pool.kernel();
    } else if (node instanceof AveragePool pool && pool.counted()) {
      return elements * pool.kernel() * pool.kernel();
    }
    return 0;
  }
}
