package io.earlybird.engine.dl4j.layers;

import static org.deeplearning4j.nn.params.ConvolutionParamInitializer.BIAS_KEY;
import static org.deeplearning4j.nn.params.ConvolutionParamInitializer.WEIGHT_KEY;

import io.earlybird.engine.dl4j.kernels.Arrival;
import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.ConvolutionKernel;
import io.earlybird.engine.dl4j.kernels.Dims;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Convolution [N, H, W, I] to [N, H', W', O]. */
final class NhwcConvolutionLayer extends BaseLayer<NhwcConvolution> implements Bench.Holder {
  private static final long serialVersionUID = 1;

  private final transient Bench bench = new Bench();
  private transient FoldedConvolution folded;
  private transient NormalizedProduct product;

  NhwcConvolutionLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public Bench bench() {
    return bench;
  }

  /** Lets somebody else compute evaluation passes. */
  void evaluateBy(FoldedConvolution evaluator) {
    folded = evaluator;
  }

  /** Lets somebody else compute training passes, together with the batch norm. */
  void trainBy(NormalizedProduct trainer) {
    product = trainer;
  }

  /** Gradients of parameters, by their keys. */
  Map<String, INDArray> gradientViews() {
    return gradientViews;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    ConvolutionGeometry geometry = geometry();
    if (!training && folded != null) {
      return folded.forward(input, geometry, bench, bench.arrays(workspaces));
    }
    if (training && product != null && product.trains()) {
      return product.forward(input, geometry, bench.arrays(workspaces));
    }
    INDArray output = bench.arrays(workspaces).output(this, geometry.output().nhwc());
    kernel(geometry).forward(input, getParam(WEIGHT_KEY), params.get(BIAS_KEY), output);
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    ConvolutionGeometry geometry = geometry();
    INDArray weightGradient = gradientViews.get(WEIGHT_KEY);
    INDArray biasGradient = gradientViews.get(BIAS_KEY);
    boolean normalized = product != null && product.trained();
    ArraySource arrays = bench.arrays(workspaces);
    Optional<INDArray> collected =
        normalized || kernel(geometry).addsToInputGradient()
            ? arrays.collected()
            : Optional.empty();
    INDArray inputGradient =
        switch (layerConf().getInputGradient()) {
          case UNUSED -> null;
          case NEEDED -> collected.orElseGet(() -> arrays.gradient(geometry.input().nhwc()));
        };
    Arrival arrival = collected.isPresent() ? Arrival.ADDING : Arrival.REPLACING;
    if (normalized) {
      product.backward(epsilon, geometry, inputGradient, arrival);
    } else {
      kernel(geometry)
          .backward(
              input,
              getParam(WEIGHT_KEY),
              epsilon,
              weightGradient,
              biasGradient,
              inputGradient,
              arrival);
    }
    Gradient gradients = new DefaultGradient();
    if (geometry.bias()) {
      gradients.setGradientFor(BIAS_KEY, biasGradient);
    }
    gradients.setGradientFor(WEIGHT_KEY, weightGradient, 'c');
    return new Pair<>(gradients, inputGradient);
  }

  private ConvolutionKernel kernel(ConvolutionGeometry geometry) {
    return bench.kernels().convolution(geometry);
  }

  /** Of the present input. */
  ConvolutionGeometry geometry() {
    NhwcConvolution conf = layerConf();
    return new ConvolutionGeometry(
        Dims.of(input.shape()),
        (int) conf.getNOut(),
        conf.getKernelSize()[0],
        conf.getStride()[0],
        conf.getPadding()[0],
        conf.hasBias());
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }
}
