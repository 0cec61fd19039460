package io.earlybird.engine.dl4j.layers;

import java.util.Optional;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays in DL4J's workspaces, for graphs that DL4J itself runs; DL4J frees them. */
final class WorkspaceArrays implements ArraySource {
  private final LayerWorkspaceMgr workspaces;

  WorkspaceArrays(LayerWorkspaceMgr workspaces) {
    this.workspaces = workspaces;
  }

  @Override
  public INDArray output(Object owner, long... shape) {
    return workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, shape, 'c');
  }

  @Override
  public INDArray logits(Object owner, long... shape) {
    return output(owner, shape);
  }

  @Override
  public INDArray kept(Object owner, String use, long bytes) {
    return workspaces.createUninitialized(
        ArrayType.ACTIVATIONS, DataType.INT8, new long[] {bytes}, 'c');
  }

  @Override
  public INDArray keptVector(Object owner, String use, long length) {
    return output(owner, length);
  }

  @Override
  public INDArray gradient(long... shape) {
    return workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, DataType.FLOAT, shape, 'c');
  }

  /** Another, because ComputationGraph reads gradients after they have been passed on. */
  @Override
  public INDArray inPlaceOf(INDArray gradient) {
    return gradient(gradient.shape());
  }

  @Override
  public Optional<INDArray> collected() {
    return Optional.empty();
  }

  /** A copy, because ComputationGraph adds to gradients in place. */
  @Override
  public INDArray shared(INDArray gradient) {
    return workspaces.dup(ArrayType.ACTIVATION_GRAD, gradient, 'c');
  }
}
