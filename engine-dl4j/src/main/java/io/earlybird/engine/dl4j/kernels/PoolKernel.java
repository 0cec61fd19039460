package io.earlybird.engine.dl4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Pooling and its gradient. */
public interface PoolKernel {
  /** Bytes that {@link #forward} leaves for {@link #backward}; 0 if none. */
  long workspaceBytes();

  /**
   * Forward.
   *
   * @param x [N, H, W, C]
   * @param y receives [N, H', W', C]
   * @param workspace receives what backward needs, {@link #workspaceBytes} bytes; null if 0
   */
  void forward(INDArray x, INDArray y, INDArray workspace);

  /**
   * Gradient of the input; of equal maxima the first gets it.
   *
   * @param x the input
   * @param dy [N, H', W', C]
   * @param workspace as {@link #forward} left it; null if it needs none
   * @param dx receives [N, H, W, C]
   */
  void backward(INDArray x, INDArray dy, INDArray workspace, INDArray dx);
}
