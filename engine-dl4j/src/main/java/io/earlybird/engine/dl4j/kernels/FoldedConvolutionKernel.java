package io.earlybird.engine.dl4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * y = activation(w * x + b) for values that stay for many batches: the kernel is packed once, in
 * whatever order computes fastest.
 */
public interface FoldedConvolutionKernel {
  /** Floats whose memory holds a packed kernel. */
  long packedLength();

  /**
   * Packs.
   *
   * @param weights [O, I, kH, kW]
   * @param packed vector of {@link #packedLength} floats; its memory receives the kernel
   */
  void pack(INDArray weights, INDArray packed);

  /**
   * Forward.
   *
   * @param x [N, H, W, I]
   * @param packed as {@link #pack} of a kernel of the same geometry left it
   * @param bias [O]
   * @param y receives [N, H', W', O]
   */
  void forward(INDArray x, INDArray packed, INDArray bias, INDArray y);
}
