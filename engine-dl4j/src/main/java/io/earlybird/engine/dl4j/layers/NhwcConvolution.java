package io.earlybird.engine.dl4j.layers;

import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Configuration of a convolution on [N, H, W, C] that goes to the kernels in one piece; the stock
 * layer never reaches oneDNN and runs the forward convolution twice.
 *
 * <p>Parameters as in the stock layer: bias [O] if there is one, then the kernel [O, I, kH, kW] in
 * C order.
 */
public class NhwcConvolution extends ConvolutionLayer {
  private static final long serialVersionUID = 1;

  private InputGradient inputGradient = InputGradient.NEEDED;

  /** Whether the gradient of the input is of use to anybody. */
  public enum InputGradient {
    /** A trainable layer comes before. */
    NEEDED,
    /** The input are the images. */
    UNUSED
  }

  /** For JSON; the setters fill it. */
  public NhwcConvolution() {
    setCnn2dDataFormat(CNN2DFormat.NHWC);
  }

  /** Whether the gradient of the input is computed. */
  public InputGradient getInputGradient() {
    return inputGradient;
  }

  /** Sets whether the gradient of the input is computed. */
  public void setInputGradient(InputGradient needed) {
    inputGradient = needed;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    NhwcConvolutionLayer layer = new NhwcConvolutionLayer(conf, dataType);
    LayerParts.fill(layer, conf, listeners, layerIndex, parameters, initialize);
    return layer;
  }

  /** None: the activations stay [N, H, W, C]. */
  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return null;
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other)
        && other instanceof NhwcConvolution that
        && inputGradient == that.inputGradient;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), inputGradient);
  }
}
