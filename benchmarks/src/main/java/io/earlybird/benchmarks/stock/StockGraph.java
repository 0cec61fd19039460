package io.earlybird.benchmarks.stock;

import io.earlybird.model.network.Add;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.MaxPool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Relu;
import io.earlybird.model.network.Shape;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A network built of the layers that DL4J comes with, on [N, C, H, W] as they prefer. */
final class StockGraph {
  private static final double LEARNING_RATE = 1e-3;
  private static final double MOMENTUM = 0.9;
  private static final double WEIGHT_DECAY = 1e-4;

  private StockGraph() {}

  /**
   * Builds and initializes.
   *
   * @throws IllegalArgumentException if the network has a node that DL4J has no layer for
   */
  static ComputationGraph of(Network network) {
    Shape image = network.imageShape();
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .activation(Activation.IDENTITY)
            .updater(new Nesterovs(LEARNING_RATE, MOMENTUM))
            .l2(WEIGHT_DECAY)
            .graphBuilder()
            .addInputs(network.input().name())
            .setInputTypes(
                InputType.convolutional(image.height(), image.width(), image.channels()));
    network.nodes().forEach(node -> add(builder, node));
    ComputationGraph graph =
        new ComputationGraph(builder.setOutputs(network.output().name()).build());
    graph.init();
    return graph;
  }

  private static void add(GraphBuilder builder, Node node) {
    String[] sources = node.sources().toArray(String[]::new);
    if (node instanceof Convolution convolution) {
      builder.addLayer(node.name(), convolution(convolution), sources);
    } else if (node instanceof BatchNorm) {
      builder.addLayer(
          node.name(), new BatchNormalization.Builder().useLogStd(false).build(), sources);
    } else if (node instanceof Relu) {
      builder.addLayer(node.name(), new ActivationLayer(Activation.RELU), sources);
    } else if (node instanceof MaxPool pool) {
      builder.addLayer(
          node.name(),
          pool(PoolingType.MAX, pool.kernel(), pool.stride(), pool.padding()),
          sources);
    } else if (node instanceof AveragePool pool) {
      builder.addLayer(
          node.name(), pool(PoolingType.AVG, pool.kernel(), pool.stride(), 0), sources);
    } else if (node instanceof Add) {
      builder.addVertex(node.name(), new ElementWiseVertex(ElementWiseVertex.Op.Add), sources);
    } else if (node instanceof Linear linear) {
      builder.addLayer(node.name(), classifier(linear), sources);
    } else if (!(node instanceof Input)) {
      throw new IllegalArgumentException("DL4J has no layer for " + node);
    }
  }

  private static ConvolutionLayer convolution(Convolution node) {
    return new ConvolutionLayer.Builder(node.kernel(), node.kernel())
        .nOut(node.outChannels())
        .stride(node.stride(), node.stride())
        .padding(node.padding(), node.padding())
        .hasBias(node.bias())
        .build();
  }

  private static SubsamplingLayer pool(PoolingType type, int kernel, int stride, int padding) {
    return new SubsamplingLayer.Builder(type)
        .kernelSize(kernel, kernel)
        .stride(stride, stride)
        .padding(padding, padding)
        .build();
  }

  private static OutputLayer classifier(Linear node) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(node.outFeatures())
        .activation(Activation.SOFTMAX)
        .build();
  }
}
