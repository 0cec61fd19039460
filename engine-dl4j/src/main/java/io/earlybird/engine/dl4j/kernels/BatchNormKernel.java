package io.earlybird.engine.dl4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * y = gamma * (x - mean) / sqrt(var + 1e-5) + beta, then the activation (specification 0.4).
 *
 * <p>All vectors are [C].
 */
public interface BatchNormKernel {
  /** Bytes that {@link #forwardTraining} leaves for {@link #backward}; 0 if none. */
  long workspaceBytes();

  /**
   * Forward with the statistics of the batch.
   *
   * @param x [N, H, W, C]
   * @param y receives [N, H, W, C]
   * @param mean receives the batch mean
   * @param variance receives the biased batch variance
   * @param workspace receives what backward needs, {@link #workspaceBytes} bytes; null if 0
   */
  void forwardTraining(
      INDArray x,
      INDArray gamma,
      INDArray beta,
      INDArray y,
      INDArray mean,
      INDArray variance,
      INDArray workspace);

  /** Forward with given statistics. */
  void forwardEvaluation(
      INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y);

  /**
   * Gradients of {@link #forwardTraining}.
   *
   * @param forward what went in and came out of the forward pass
   * @param dy gradient of y; not changed
   * @param dx receives the gradient of x; may be {@code dy}, which then is changed
   * @param dGamma receives the gradient of gamma
   * @param dBeta receives the gradient of beta
   */
  void backward(Forward forward, INDArray dy, INDArray dx, INDArray dGamma, INDArray dBeta);

  /**
   * What a training pass subtracts from the running statistics: 0.1 * (running - batch), with the
   * unbiased batch variance (specification 0.4).
   *
   * @param forward of the training pass
   * @param runningMean not changed
   * @param runningVariance not changed
   * @param meanStep receives the difference for the mean
   * @param varianceStep receives the difference for the variance
   */
  void runningSteps(
      Forward forward,
      INDArray runningMean,
      INDArray runningVariance,
      INDArray meanStep,
      INDArray varianceStep);

  /**
   * What a training forward pass read and wrote.
   *
   * @param x input
   * @param y output
   * @param gamma scale
   * @param beta shift
   * @param mean batch mean
   * @param variance biased batch variance
   * @param workspace as {@link #forwardTraining} left it; null if it needs none
   */
  record Forward(
      INDArray x,
      INDArray y,
      INDArray gamma,
      INDArray beta,
      INDArray mean,
      INDArray variance,
      INDArray workspace) {}
}
