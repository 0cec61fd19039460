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
   * Gradients; nothing is computed forward again.
   *
   * @param x [N, H, W, I]
   * @param weights [O, I, kH, kW]
   * @param dy [N, H', W', O]; not changed
   * @param dWeights receives [O, I, kH, kW]
   * @param dBias receives [O]; null if the convolution has none
   * @param dx receives [N, H, W, I]; null if nobody needs it
   * @param arrival what becomes of the values in {@code dx}
   */
  void backward(
      INDArray x,
      INDArray weights,
      INDArray dy,
      INDArray dWeights,
      INDArray dBias,
      INDArray dx,
      Arrival arrival);

  /** Whether {@link #backward} knows {@link Arrival#ADDING}. */
  boolean addsToInputGradient();
}
