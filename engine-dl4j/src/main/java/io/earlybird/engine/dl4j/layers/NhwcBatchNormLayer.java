package io.earlybird.engine.dl4j.layers;

import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.BETA;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GAMMA;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_MEAN;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_VAR;

import io.earlybird.engine.dl4j.kernels.BatchNormKernel;
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

/**
 * Batch norm of [N, H, W, C], then the activation of its configuration.
 *
 * <p>As DL4J does it, a training pass leaves the running statistics as they are and writes into
 * their gradient what must be subtracted from them: 0.1 * (running - batch), with the unbiased
 * batch variance.
 */
final class NhwcBatchNormLayer extends BaseLayer<NhwcBatchNorm> implements Bench.Holder {
  private static final long serialVersionUID = 1;

  private final transient Bench bench = new Bench();
  private transient BatchNormKernel.Forward forward;
  private transient boolean evaluatedBySource;
  private transient NormalizedProduct product;

  NhwcBatchNormLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public Bench bench() {
    return bench;
  }

  /** Says that the layer before computes the output in evaluation passes. */
  void evaluatedBySource() {
    evaluatedBySource = true;
  }

  /** Says who may compute training passes, together with the layer before. */
  void trainedBy(NormalizedProduct trainer) {
    product = trainer;
  }

  /** Who computed the last training pass in place of this layer, if somebody did. */
  Optional<NormalizedProduct> trainer() {
    return Optional.ofNullable(product).filter(NormalizedProduct::trained);
  }

  /** Gradients of parameters, by their keys. */
  Map<String, INDArray> gradientViews() {
    return gradientViews;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    if (!training && evaluatedBySource) {
      return input;
    }
    Dims dims = Dims.of(input.shape());
    BatchNormKernel kernel = kernel(dims);
    if (training) {
      requireSeveralValues(dims);
    }
    if (training && trainer().isPresent()) {
      return input;
    }
    ArraySource arrays = bench.arrays(workspaces);
    INDArray output = arrays.output(this, dims.nhwc());
    if (training) {
      forwardTraining(kernel, dims, arrays, output);
    } else {
      kernel.forwardEvaluation(
          input,
          getParam(GAMMA),
          getParam(BETA),
          getParam(GLOBAL_MEAN),
          getParam(GLOBAL_VAR),
          output);
    }
    return output;
  }

  private BatchNormKernel kernel(Dims dims) {
    return bench.kernels().batchNorm(dims, layerConf().getFollowing());
  }

  private void requireSeveralValues(Dims dims) {
    if (dims.valuesPerChannel() == 1) {
      throw new IllegalArgumentException(
          "Cannot train on this batch: "
              + layerConf().getLayerName()
              + " would see a single value per channel, which has no variance; use a larger batch");
    }
  }

  private void forwardTraining(
      BatchNormKernel kernel, Dims dims, ArraySource arrays, INDArray output) {
    INDArray mean = arrays.keptVector(this, "mean", dims.channels());
    INDArray variance = arrays.keptVector(this, "variance", dims.channels());
    long bytes = kernel.workspaceBytes();
    INDArray workspace = bytes == 0 ? null : arrays.kept(this, "workspace", bytes);
    forward =
        new BatchNormKernel.Forward(
            input, output, getParam(GAMMA), getParam(BETA), mean, variance, workspace);
    kernel.forwardTraining(
        input, forward.gamma(), forward.beta(), output, mean, variance, workspace);
    if (gradientViews != null) {
      kernel.runningSteps(
          forward,
          getParam(GLOBAL_MEAN),
          getParam(GLOBAL_VAR),
          gradientViews.get(GLOBAL_MEAN),
          gradientViews.get(GLOBAL_VAR));
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray inputGradient =
        trainer().isPresent()
            ? bench.arrays(workspaces).shared(epsilon)
            : throughStatistics(epsilon, bench.arrays(workspaces));
    Gradient gradients = new DefaultGradient();
    for (String key : gradientViews.keySet()) {
      gradients.setGradientFor(key, gradientViews.get(key));
    }
    return new Pair<>(gradients, inputGradient);
  }

  private INDArray throughStatistics(INDArray epsilon, ArraySource arrays) {
    INDArray inputGradient = arrays.inPlaceOf(epsilon);
    kernel(Dims.of(input.shape()))
        .backward(
            forward, epsilon, inputGradient, gradientViews.get(GAMMA), gradientViews.get(BETA));
    return inputGradient;
  }

  @Override
  public boolean updaterDivideByMinibatch(String parameter) {
    return !parameter.equals(GLOBAL_MEAN) && !parameter.equals(GLOBAL_VAR);
  }

  @Override
  public void clear() {
    super.clear();
    forward = null;
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }
}
