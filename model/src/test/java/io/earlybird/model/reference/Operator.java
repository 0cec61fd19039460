package io.earlybird.model.reference;

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
import io.earlybird.model.parameters.ParameterLayout;

/** Forward and backward of one node. */
interface Operator {
  /** Computes the output [N, C, H, W] of the node from the outputs of its sources. */
  double[] forward(Pass pass);

  /**
   * Adds the gradients with respect to the sources and the node's own tensors.
   *
   * @param gradient with respect to the output of the node
   */
  void backward(Pass pass, double[] gradient);

  /** The operator of a node. */
  static Operator of(Node node, Network network, ParameterLayout layout) {
    if (node instanceof Input input) {
      return new InputOperator(input);
    } else if (node instanceof Convolution convolution) {
      return new ConvolutionOperator(convolution, network, layout);
    } else if (node instanceof BatchNorm batchNorm) {
      return new BatchNormOperator(batchNorm, network, layout);
    } else if (node instanceof Relu relu) {
      return new ReluOperator(relu);
    } else if (node instanceof MaxPool maxPool) {
      return new MaxPoolOperator(maxPool, network);
    } else if (node instanceof AveragePool averagePool) {
      return new AveragePoolOperator(averagePool, network);
    } else if (node instanceof Add add) {
      return new AddOperator(add);
    } else if (node instanceof ChannelSelect select) {
      return new ChannelSelectOperator(select, network);
    } else if (node instanceof IndexedAdd indexedAdd) {
      return new IndexedAddOperator(indexedAdd, network);
    } else if (node instanceof Linear linear) {
      return new LinearOperator(linear, network, layout);
    }
    throw new IllegalArgumentException("The reference engine does not know the node " + node);
  }
}
