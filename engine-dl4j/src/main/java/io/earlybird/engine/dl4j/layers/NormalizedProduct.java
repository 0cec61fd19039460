package io.earlybird.engine.dl4j.layers;

import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.BETA;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GAMMA;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_MEAN;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_VAR;
import static org.deeplearning4j.nn.params.ConvolutionParamInitializer.WEIGHT_KEY;

import io.earlybird.engine.dl4j.kernels.Activation;
import io.earlybird.engine.dl4j.kernels.Arrival;
import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.NormalizedProductKernel;
import io.earlybird.engine.dl4j.kernels.NormalizedProductKernel.State;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A 1x1 convolution and the batch norm that alone reads it, which train as one ({@link
 * NormalizedProductKernel}): the convolution puts out what the batch norm would, and the batch norm
 * hands on what it gets, in both directions.
 *
 * <p>If a sum alone reads the batch norm, the convolution puts out an array that the sum fills,
 * with its other term and what follows it.
 */
public final class NormalizedProduct {
  private final NhwcConvolutionLayer convolution;
  private final NhwcBatchNormLayer batchNorm;
  private final BooleanSupplier allowed;
  private boolean summed;
  private boolean used;
  private boolean waitsForSum;
  private INDArray input;
  private State state;

  private NormalizedProduct(
      NhwcConvolutionLayer convolution, NhwcBatchNormLayer batchNorm, BooleanSupplier allowed) {
    this.convolution = convolution;
    this.batchNorm = batchNorm;
    this.allowed = allowed;
  }

  /**
   * Makes two layers of a graph with a workbench train as one.
   *
   * @param convolution name of a layer that only the batch norm reads
   * @param batchNorm name of the batch norm, which no rectifier follows at once
   * @param allowed whether the next forward pass may, because nobody looks at what is in between
   */
  public static NormalizedProduct link(
      ComputationGraph graph, String convolution, String batchNorm, BooleanSupplier allowed) {
    NhwcConvolutionLayer source = (NhwcConvolutionLayer) graph.getLayer(convolution);
    NhwcBatchNormLayer reader = (NhwcBatchNormLayer) graph.getLayer(batchNorm);
    NormalizedProduct product = new NormalizedProduct(source, reader, allowed);
    source.trainBy(product);
    reader.trainedBy(product);
    return product;
  }

  /** Leaves the last step to a sum. */
  void leaveToSum() {
    summed = true;
  }

  /** Whether the next forward pass in training is this one's. */
  boolean trains() {
    used = allowed.getAsBoolean();
    return used;
  }

  /** Whether the last forward pass was. */
  boolean trained() {
    return used;
  }

  INDArray forward(INDArray x, ConvolutionGeometry geometry, ArraySource arrays) {
    input = x;
    state = state(geometry, arrays);
    NormalizedProductKernel kernel = kernel(geometry);
    kernel.fold(x, state);
    Map<String, INDArray> gradients = batchNorm.gradientViews();
    kernel.runningSteps(
        state,
        batchNorm.getParam(GLOBAL_MEAN),
        batchNorm.getParam(GLOBAL_VAR),
        gradients.get(GLOBAL_MEAN),
        gradients.get(GLOBAL_VAR));
    INDArray output = arrays.output(convolution, geometry.output().nhwc());
    waitsForSum = summed;
    if (!summed) {
      kernel.forward(x, state, output);
    }
    return output;
  }

  /** Whether the last forward pass was begun in {@link #forward} and not ended. */
  boolean waitsForSum() {
    return waitsForSum;
  }

  /** Fills the array that the convolution put out. */
  void sum(INDArray term, Activation following, INDArray output) {
    kernel(convolution.geometry()).forwardAdding(input, state, term, following, output);
    waitsForSum = false;
  }

  void backward(
      INDArray epsilon, ConvolutionGeometry geometry, INDArray inputGradient, Arrival arrival) {
    Map<String, INDArray> gradients = batchNorm.gradientViews();
    kernel(geometry)
        .backward(
            input,
            state,
            epsilon,
            convolution.gradientViews().get(WEIGHT_KEY),
            gradients.get(GAMMA),
            gradients.get(BETA),
            inputGradient,
            arrival);
  }

  private NormalizedProductKernel kernel(ConvolutionGeometry geometry) {
    return convolution.bench().kernels().normalizedProduct(geometry);
  }

  private State state(ConvolutionGeometry geometry, ArraySource arrays) {
    int in = geometry.input().channels();
    int out = geometry.outChannels();
    return new State(
        convolution.getParam(WEIGHT_KEY),
        batchNorm.getParam(GAMMA),
        batchNorm.getParam(BETA),
        arrays.keptVector(this, "input mean", in),
        arrays.keptVector(this, "mean", out),
        arrays.keptVector(this, "variance", out),
        arrays.keptVector(this, "spread", (long) out * in),
        arrays.keptVector(this, "folded", (long) out * in),
        arrays.keptVector(this, "shift", out));
  }
}
