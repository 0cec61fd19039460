package io.earlybird.engine.dl4j.stock;

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
import io.earlybird.model.network.TensorSpec;
import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.Parameters;
import java.util.List;
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
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network built of the layers that DL4J comes with, on [N, C, H, W] as they prefer; its output
 * layer is a softmax.
 *
 * <p>Layers and vertices have the names of the nodes. DL4J has none that picks channels: there, 1x1
 * convolutions whose kernels are ones and zeros do, which are frozen.
 */
public final class StockGraph {
  private static final String TERM = ".term";

  private StockGraph() {}

  /** Builds and initializes, for use without further training. */
  public static ComputationGraph of(Network network) {
    return of(network, new NoOp(), 0);
  }

  /**
   * Builds and initializes.
   *
   * @param updater of {@code fit}
   * @param weightDecay coupled, on weights
   */
  public static ComputationGraph of(Network network, IUpdater updater, double weightDecay) {
    Shape image = network.imageShape();
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .activation(Activation.IDENTITY)
            .updater(updater)
            .l2(weightDecay)
            .graphBuilder()
            .addInputs(network.input().name())
            .setInputTypes(
                InputType.convolutional(image.height(), image.width(), image.channels()));
    network.nodes().forEach(node -> add(builder, node));
    ComputationGraph graph =
        new ComputationGraph(builder.setOutputs(network.output().name()).build());
    graph.init();
    pickChannels(graph, network);
    return graph;
  }

  private static void pickChannels(ComputationGraph graph, Network network) {
    for (ChannelSelect select : network.nodes(ChannelSelect.class)) {
      INDArray kernel = kernel(graph, select.name());
      for (int i = 0; i < select.channels().size(); i++) {
        kernel.putScalar(new int[] {i, select.channels().get(i), 0, 0}, 1);
      }
    }
    for (IndexedAdd sum : network.nodes(IndexedAdd.class)) {
      for (int t = 0; t < sum.terms().size(); t++) {
        INDArray kernel = kernel(graph, sum.name() + TERM + t);
        List<Integer> channels = sum.terms().get(t).channels();
        for (int i = 0; i < channels.size(); i++) {
          kernel.putScalar(new int[] {channels.get(i), i, 0, 0}, 1);
        }
      }
    }
  }

  private static INDArray kernel(ComputationGraph graph, String layer) {
    return graph.getLayer(layer).getParam(DefaultParamInitializer.WEIGHT_KEY).assign(0);
  }

  /** Copies the values of the network into a graph that {@link #of} built for it. */
  public static void load(ComputationGraph graph, Network network, Parameters values) {
    for (Node node : network.nodes()) {
      for (TensorSpec spec : node.tensors(network.inputShapes(node))) {
        INDArray target = graph.getLayer(node.name()).getParam(key(spec.role()));
        float[] copy = new float[spec.length()];
        values.slice(spec.name()).get(copy);
        long[] shape = spec.shape().stream().mapToLong(Integer::longValue).toArray();
        INDArray source = Nd4j.create(copy, shape, 'c');
        target.assign(node instanceof Linear && shape.length == 2 ? source.transpose() : source);
      }
    }
  }

  private static String key(Role role) {
    return switch (role) {
      case WEIGHT -> DefaultParamInitializer.WEIGHT_KEY;
      case BIAS -> DefaultParamInitializer.BIAS_KEY;
      case GAMMA -> BatchNormalizationParamInitializer.GAMMA;
      case BETA -> BatchNormalizationParamInitializer.BETA;
      case RUNNING_MEAN -> BatchNormalizationParamInitializer.GLOBAL_MEAN;
      case RUNNING_VARIANCE -> BatchNormalizationParamInitializer.GLOBAL_VAR;
      case AUXILIARY -> throw new IllegalArgumentException("No layer has an auxiliary tensor");
    };
  }

  private static void add(GraphBuilder builder, Node node) {
    String[] sources = node.sources().toArray(String[]::new);
    if (node instanceof Convolution convolution) {
      builder.addLayer(node.name(), convolution(convolution), sources);
    } else if (node instanceof BatchNorm) {
      builder.addLayer(
          node.name(),
          new BatchNormalization.Builder().useLogStd(false).eps(BatchNorm.EPSILON).build(),
          sources);
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
    } else if (node instanceof ChannelSelect select) {
      builder.addLayer(node.name(), picking(select.channels().size()), sources);
    } else if (node instanceof IndexedAdd sum) {
      add(builder, sum);
    } else if (!(node instanceof Input)) {
      throw new IllegalArgumentException("DL4J has no layer for " + node);
    }
  }

  private static void add(GraphBuilder builder, IndexedAdd sum) {
    String[] terms = new String[sum.terms().size()];
    for (int t = 0; t < terms.length; t++) {
      terms[t] = sum.name() + TERM + t;
      builder.addLayer(terms[t], picking(sum.channels()), sum.terms().get(t).source());
    }
    builder.addVertex(sum.name(), new ElementWiseVertex(ElementWiseVertex.Op.Add), terms);
  }

  private static FrozenLayer picking(int channels) {
    return new FrozenLayer(
        new ConvolutionLayer.Builder(1, 1).nOut(channels).hasBias(false).build());
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
