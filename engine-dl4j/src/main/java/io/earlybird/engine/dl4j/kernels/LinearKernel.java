package io.earlybird.engine.dl4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** y = x W' + b with W [out, in] in C order, and its gradients. */
public interface LinearKernel {
  /**
   * Forward.
   *
   * @param x N * in values in C order
   * @param weights out * in values in C order
   * @param bias [out]
   * @param y receives [N, out]
   */
  void forward(INDArray x, INDArray weights, INDArray bias, INDArray y);

  /** Gradient of the input: {@code dx} receives N * in values in C order. */
  void backwardData(INDArray dy, INDArray weights, INDArray dx);

  /** Gradient of weights and bias, in the shapes of {@link #forward}. */
  void backwardWeights(INDArray x, INDArray dy, INDArray dWeights, INDArray dBias);
}
