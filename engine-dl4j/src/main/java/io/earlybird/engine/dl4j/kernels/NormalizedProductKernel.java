package io.earlybird.engine.dl4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A 1x1 convolution y = W x and the batch norm behind it in training, without y and without a pass
 * over its extents for the batch norm.
 *
 * <p>With m and S, mean and covariance of x over the P pixels of the batch: y has the mean W m and
 * the variance diag(W S W'), so that with a = gamma / sqrt(variance + 1e-5)
 *
 * <pre>
 *   z = (a W) x + (beta - a W m)
 * </pre>
 *
 * <p>is one product. With the gradient g of z, s its sum over pixels, G = g' x, q = diag(W G') - s
 * W m and e = a q / (P (variance + 1e-5)):
 *
 * <pre>
 *   dBeta  = s
 *   dGamma = q / sqrt(variance + 1e-5)
 *   dW     = a (G - s m') - P e W S
 *   dx     = (a W)' g - W' (e W) x + W' (e W m - a s / P)
 * </pre>
 *
 * <p>That is batch norm's own gradient (specification 0.4) with y = W x put in.
 */
public interface NormalizedProductKernel {
  /**
   * What belongs to one convolution and its batch norm, from one forward pass to the way back. The
   * kernel writes all of it but parameters.
   *
   * @param weights W, [O, I, 1, 1]
   * @param gamma [O]
   * @param beta [O]
   * @param inputMean m, [I]
   * @param mean W m, [O]
   * @param variance biased, [O]
   * @param spread W S, [O, I]
   * @param folded a W, [O, I]
   * @param shift beta - a W m, [O]
   */
  record State(
      INDArray weights,
      INDArray gamma,
      INDArray beta,
      INDArray inputMean,
      INDArray mean,
      INDArray variance,
      INDArray spread,
      INDArray folded,
      INDArray shift) {}

  /**
   * Takes statistics and folds them with the parameters.
   *
   * @param x [N, H, W, I]
   */
  void fold(INDArray x, State state);

  /**
   * z, after {@link #fold}.
   *
   * @param z receives [N, H, W, O]
   */
  void forward(INDArray x, State state, INDArray z);

  /**
   * The rectifier, if it follows, of z + term.
   *
   * @param term [N, H, W, O]
   * @param sum receives [N, H, W, O]
   */
  void forwardAdding(INDArray x, State state, INDArray term, Activation following, INDArray sum);

  /**
   * What a training pass subtracts from the running statistics, see {@link
   * BatchNormKernel#runningSteps}.
   */
  void runningSteps(
      State state,
      INDArray runningMean,
      INDArray runningVariance,
      INDArray meanStep,
      INDArray varianceStep);

  /**
   * Gradients, once after each {@link #fold}: the state is used up.
   *
   * @param dz gradient of z; not changed
   * @param dWeights receives [O, I, 1, 1]
   * @param dGamma receives [O]
   * @param dBeta receives [O]
   * @param dx receives [N, H, W, I]; null if nobody needs it
   * @param arrival what becomes of the values in {@code dx}
   */
  void backward(
      INDArray x,
      State state,
      INDArray dz,
      INDArray dWeights,
      INDArray dGamma,
      INDArray dBeta,
      INDArray dx,
      Arrival arrival);
}
