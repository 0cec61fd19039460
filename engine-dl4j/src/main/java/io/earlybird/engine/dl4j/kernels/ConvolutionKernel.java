package io.earlybird.engine.dl4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** y = w * x + b, and its gradients. */
public interface ConvolutionKernel {
  /**
   * Forward.
   *
   * @param x [N, H, W, I]
   * @param weights [O, I, kH, kW]
   * @param bias [O]; null if the convolution has none
   * @param y receives [N, H', W', O]
   */
  void forward(INDArray x, INDArray weights, INDArray bias, INDArray y);

  /**
   * Gradient of the input.
   *
   * @param dy [N, H', W', O]
   * @param weights [O, I, kH, kW]
   * @param dx receives [N, H, W, I]
   */
  void backwardData(INDArray dy, INDArray weights, INDArray dx);

  /**
   * Gradient of kernel and bias.
   *
   * @param x [N, H, W, I]
   * @param dy [N, H', W', O]
   * @param dWeights receives [O, I, kH, kW]
   * @param dBias receives [O]; null if the convolution has none
   */
  void backwardWeights(INDArray x, INDArray dy, INDArray dWeights, INDArray dBias);
}
