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
   * @param y receives [N, out], float32
   */
  void forward(INDArray x, INDArray weights, INDArray bias, INDArray y);

  /**
   * Gradients.
   *
   * @param x N * in values in C order
   * @param weights out * in values in C order
   * @param dy [N, out] in the type of activations; not changed
   * @param dWeights receives out * in values in C order
   * @param dBias receives [out]
   * @param dx receives N * in values in C order
   */
  void backward(
      INDArray x, INDArray weights, INDArray dy, INDArray dWeights, INDArray dBias, INDArray dx);
}
