package io.earlybird.engine.dl4j.kernels;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * Makes kernels for given extents and keeps them for reuse.
 *
 * <p>Used by one thread at a time. Asking again for the same extents gives the same kernel; kernels
 * not asked for in a while may be closed, so they must not be kept across calls.
 */
public interface Kernels extends AutoCloseable {
  /** Type of activations and of their gradients; the logits are float32 whatever it is. */
  DataType activationType();

  /**
   * How many channels an activation best has that needs {@code channels} of them: at least as many,
   * and the same number for {@code channels} themselves liked.
   */
  int likedChannels(int channels);

  /** Convolution of those extents. */
  ConvolutionKernel convolution(ConvolutionGeometry geometry);

  /**
   * Convolution for evaluation, followed by the activation.
   *
   * @param geometry with a bias
   */
  FoldedConvolutionKernel foldedConvolution(ConvolutionGeometry geometry, Activation activation);

  /** Whether {@link #normalizedProduct} is known, and faster than its parts. */
  boolean normalizesProducts();

  /**
   * 1x1 convolution and the batch norm behind it, for training.
   *
   * @param geometry with stride 1, without padding and bias
   */
  NormalizedProductKernel normalizedProduct(ConvolutionGeometry geometry);

  /** Batch normalization of those extents, followed by the activation. */
  BatchNormKernel batchNorm(Dims dims, Activation activation);

  /** Max or average pooling. */
  PoolKernel pool(PoolGeometry geometry);

  /** Rectifier. */
  ReluKernel relu(Dims dims);

  /** Sum of activations of equal extents, followed by the activation. */
  SumKernel sum(Dims dims, Activation activation);

  /** Linear map of [N, in] to [N, out]. */
  LinearKernel linear(int batch, int in, int out);

  /** Copies between activations that hold different channels. */
  ChannelKernel channels();

  /** Frees all kernels. */
  @Override
  void close();
}
