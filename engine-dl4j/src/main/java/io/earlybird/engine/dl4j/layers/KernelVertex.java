package io.earlybird.engine.dl4j.layers;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A node without parameters. */
@SuppressWarnings("overrides") // DL4J declares setInputs once with an array and once with varargs
abstract class KernelVertex extends BaseGraphVertex implements Bench.Holder {
  private static final long serialVersionUID = 1;

  private final transient Bench bench = new Bench();

  KernelVertex(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, null, null, dataType);
  }

  /** The output for {@link #inputs}. */
  abstract INDArray forward(ArraySource arrays);

  /** Gradients of the inputs, in order, from {@link #epsilon}. */
  abstract INDArray[] backward(ArraySource arrays);

  @Override
  public Bench bench() {
    return bench;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    return forward(bench.arrays(workspaces));
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    return new Pair<>(null, backward(bench.arrays(workspaces)));
  }

  @Override
  public void setInputs(INDArray... newInputs) {
    super.setInputs(newInputs);
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public Layer getLayer() {
    return null;
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray gradients) {
    if (gradients != null) {
      throw new IllegalArgumentException(
          vertexName + " has no parameters, but got a gradient view");
    }
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    return null;
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + "(" + vertexName + ")";
  }
}
