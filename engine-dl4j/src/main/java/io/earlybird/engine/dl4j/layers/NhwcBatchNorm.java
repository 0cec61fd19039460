package io.earlybird.engine.dl4j.layers;

import io.earlybird.engine.dl4j.kernels.Activation;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * Configuration of a batch norm on [N, H, W, C] (specification 0.4), with the rectifier that
 * follows it, if one does.
 *
 * <p>Parameters as in the stock layer: gamma, beta, running mean, running variance, each [C]; the
 * running variance is stored as it is and moves towards the unbiased batch variance.
 */
public class NhwcBatchNorm extends BatchNormalization {
  private static final long serialVersionUID = 1;

  private Activation following = Activation.IDENTITY;

  /** For JSON; the setters fill it. */
  public NhwcBatchNorm() {
    setUseLogStd(false);
    setCnn2DFormat(CNN2DFormat.NHWC);
  }

  /** What is applied to the normalized values. */
  public Activation getFollowing() {
    return following;
  }

  /** Sets what is applied to the normalized values. */
  public void setFollowing(Activation activation) {
    following = activation;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    NhwcBatchNormLayer layer = new NhwcBatchNormLayer(conf, dataType);
    LayerParts.fill(layer, conf, listeners, layerIndex, parameters, initialize);
    return layer;
  }

  /** Gamma has the layer's regularization, beta that of biases; the stock layer has none. */
  @Override
  public List<Regularization> getRegularizationByParam(String parameter) {
    return switch (parameter) {
      case BatchNormalizationParamInitializer.GAMMA -> getRegularization();
      case BatchNormalizationParamInitializer.BETA -> getRegularizationBias();
      default -> null;
    };
  }

  /** None: the activations stay [N, H, W, C]. */
  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return null;
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other)
        && other instanceof NhwcBatchNorm that
        && following == that.following;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), following);
  }
}
