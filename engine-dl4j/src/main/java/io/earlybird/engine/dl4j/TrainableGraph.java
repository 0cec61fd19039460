package io.earlybird.engine.dl4j;

import io.earlybird.engine.dl4j.kernels.Kernels;
import io.earlybird.engine.dl4j.layers.AddNode;
import io.earlybird.engine.dl4j.layers.FoldedConvolution;
import io.earlybird.engine.dl4j.layers.NormalizedProduct;
import io.earlybird.engine.dl4j.layers.Workbench;
import io.earlybird.model.engine.ActivationRounding;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Quantization;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;
import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.ParameterLayout;
import java.nio.FloatBuffer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * A ComputationGraph built from a network, with its arrays and passes.
 *
 * <p>Owns parameters, gradients, activations and the copy of the images until closed; the kernels
 * belong to the caller.
 */
final class TrainableGraph implements AutoCloseable {
  private final Widths widths;
  private final Network network;
  private final Fusion fusion;
  private final ComputationGraph graph;
  private final GrowingArray values = new GrowingArray(DataType.FLOAT);
  private final GrowingArray gradients = new GrowingArray(DataType.FLOAT);
  private final FlatParameters parameters;
  private final ReusedArrays arrays;
  private final GraphPass pass;

  TrainableGraph(Network network, Fusion fusion, Kernels kernels) {
    this.network = network;
    this.fusion = fusion;
    widths = Widths.liked(network, kernels);
    ComputationGraphConfiguration configuration =
        new GraphAssembly(widths, fusion).configuration(new NoOp(), WorkspaceMode.NONE);
    graph = new ComputationGraph(configuration);
    long length =
        configuration.getVertices().values().stream()
            .mapToLong(vertex -> vertex.numParams(true))
            .sum();
    long all = length + ParameterLayout.of(network).length(Role.AUXILIARY);
    INDArray allValues = values.shaped(1, all).assign(0);
    INDArray allGradients = gradients.shaped(1, all).assign(0);
    graph.init(values.shaped(1, length), false);
    graph.setBackpropGradientsViewArray(gradients.shaped(1, length));
    arrays = new ReusedArrays(kernels.activationType());
    new Workbench(kernels, arrays).attachTo(graph);
    parameters = new FlatParameters(widths, graph, allValues, allGradients);
    fusion
        .folded()
        .forEach(
            (source, reader) -> FoldedConvolution.link(graph, source, reader, parameters::version));
    fusion.overwriting().forEach(add -> AddNode.overwriteFirst(graph, add));
    pass = new GraphPass(graph, kernels, arrays, new ActivationRounding(network));
    if (kernels.normalizesProducts()) {
      fusion.products().forEach(this::normalize);
    }
  }

  /** Where a sum is written over the batch norm's output anyway, it ends the product. */
  private void normalize(String convolution, String batchNorm) {
    NormalizedProduct product =
        NormalizedProduct.link(graph, convolution, batchNorm, () -> !pass.rounds());
    fusion.overwriting().stream()
        .filter(add -> network.node(add).sources().get(0).equals(batchNorm))
        .forEach(add -> AddNode.completes(graph, add, product));
  }

  FlatParameters parameters() {
    return parameters;
  }

  /**
   * Computes all outputs.
   *
   * @return the logits [N, classes] in a new array
   * @throws IllegalArgumentException if the images do not have the network's shape, or a batch norm
   *     would see a single value
   */
  float[] forward(Batch batch, Mode mode) {
    return forward(batch, mode, Quantization.none());
  }

  /** As {@link #forward(Batch, Mode)}, with activations, and errors on the way back, in words. */
  float[] forward(Batch batch, Mode mode, Quantization quantization) {
    batch.requireFits(network);
    Shape shape = batch.imageShape();
    INDArray images =
        arrays.output(this, batch.size(), shape.height(), shape.width(), shape.channels());
    HostMemory.write(batch.pixels(), images);
    return HostMemory.read(pass.forward(images, mode, quantization));
  }

  /** Computes the gradients of all parameters, after a forward pass in training mode. */
  void backward(float[] logitsGradient) {
    int classes = network.classes();
    INDArray gradient = arrays.gradient(logitsGradient.length / classes, classes);
    HostMemory.write(FloatBuffer.wrap(logitsGradient), gradient);
    pass.backward(gradient);
  }

  /**
   * Output of a node in the last forward pass.
   *
   * @return [N, C, H, W] in a new array
   */
  float[] activation(String node) {
    Shape shape = network.shape(node);
    float[] values = HostMemory.read(pass.output(fusion.vertexOf(node)));
    int width = widths.of(node);
    int images = values.length / (width * shape.pixels());
    float[] channelsFirst = new float[images * shape.elements()];
    int next = 0;
    for (int image = 0; image < images; image++) {
      for (int channel = 0; channel < shape.channels(); channel++) {
        int first = image * shape.pixels() * width + channel;
        for (int pixel = 0; pixel < shape.pixels(); pixel++) {
          channelsFirst[next++] = values[first + pixel * width];
        }
      }
    }
    return channelsFirst;
  }

  @Override
  public void close() {
    arrays.close();
    graph.close();
    values.close();
    gradients.close();
  }
}
