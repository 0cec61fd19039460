package io.earlybird.engine.dl4j.layers;

import static org.deeplearning4j.nn.params.DefaultParamInitializer.BIAS_KEY;
import static org.deeplearning4j.nn.params.DefaultParamInitializer.WEIGHT_KEY;

import io.earlybird.engine.dl4j.kernels.LinearKernel;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Linear map of [N, 1, 1, C] to [N, classes]. */
final class NhwcLinearLayer extends BaseLayer<NhwcLinear> implements Bench.Holder {
  private static final long serialVersionUID = 1;

  private final transient Bench bench = new Bench();

  NhwcLinearLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public Bench bench() {
    return bench;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray output = bench.arrays(workspaces).logits(this, input.size(0), layerConf().getNOut());
    kernel().forward(input, getParam(WEIGHT_KEY), getParam(BIAS_KEY), output);
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray weightGradient = gradientViews.get(WEIGHT_KEY);
    INDArray biasGradient = gradientViews.get(BIAS_KEY);
    INDArray inputGradient = bench.arrays(workspaces).gradient(input.shape());
    kernel()
        .backward(
            input, getParam(WEIGHT_KEY), epsilon, weightGradient, biasGradient, inputGradient);
    Gradient gradients = new DefaultGradient();
    gradients.setGradientFor(WEIGHT_KEY, weightGradient, 'f');
    gradients.setGradientFor(BIAS_KEY, biasGradient);
    return new Pair<>(gradients, inputGradient);
  }

  private LinearKernel kernel() {
    return bench
        .kernels()
        .linear((int) input.size(0), (int) layerConf().getNIn(), (int) layerConf().getNOut());
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }
}
