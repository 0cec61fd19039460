package io.earlybird.engine.dl4j.layers;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Configuration of the classifier: [N, 1, 1, C] to logits [N, classes].
 *
 * <p>Parameters as in the stock layer: weights [in, out] in Fortran order, which in memory are
 * [out, in] in C order, then the bias [out].
 */
public class NhwcLinear extends DenseLayer {
  private static final long serialVersionUID = 1;

  /** For JSON; the setters fill it. */
  public NhwcLinear() {
    setHasBias(true);
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    NhwcLinearLayer layer = new NhwcLinearLayer(conf, dataType);
    LayerParts.fill(layer, conf, listeners, layerIndex, parameters, initialize);
    return layer;
  }

  /** None: [N, 1, 1, C] is read as it is. */
  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return null;
  }
}
